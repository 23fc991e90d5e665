package io.corral.rules.calls;

import io.corral.rules.language.UnusableValueException;
import io.corral.rules.servers.ExecutionPath;
import io.corral.rules.values.PropertyPath;
import io.corral.rules.values.TypeName;
import io.corral.rules.values.ValueStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An argument, the receiver, or a value in either. */
final class ArgumentValue extends ApplicationValue {

    private static final TypeName CONTINUATION =
            new TypeName("kotlin.coroutines.jvm.internal.BaseContinuationImpl");

    private final int argument;
    private final ValueStep[] steps;

    /** @param argument the index of the argument, or {@link ExecutionPath#SELF} */
    ArgumentValue(String word, int argument, List<ValueStep> steps) {
        super(word);
        this.argument = argument;
        this.steps = steps.toArray(new ValueStep[0]);
    }

    @Override
    Object read(Execution execution) {
        Object value = PropertyPath.present(root(execution));
        for (ValueStep step : steps) {
            if (value == null) {
                throw isNull(execution, " is null before \"" + step + "\"");
            }
            value = PropertyPath.present(step.read(value));
        }
        if (value == null) {
            throw isNull(execution, " is null");
        }
        return value;
    }

    private UnusableValueException isNull(Execution execution, String what) {
        return isResumed(execution.arguments())
                ? UnusableValueException.noMatch()
                : new UnusableValueException(this + what);
    }

    /**
     * Whether this may be a {@code suspend} function of Kotlin that is resumed. It is called again
     * with null arguments, and its continuation as the last one. The thread works in the right
     * container already.
     */
    private static boolean isResumed(@Nullable Object[] arguments) {
        Object last = arguments.length == 0 ? null : arguments[arguments.length - 1];
        return last != null && CONTINUATION.isTypeOf(last);
    }

    private @Nullable Object root(Execution execution) {
        if (argument == ExecutionPath.SELF) {
            return execution.self();
        }
        @Nullable Object[] arguments = execution.arguments();
        if (argument >= arguments.length) {
            throw new UnusableValueException(this + " where the method has " + arguments.length
                    + (arguments.length == 1 ? " parameter" : " parameters"));
        }
        return arguments[argument];
    }
}
