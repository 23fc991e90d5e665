package io.corral.runtime.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An argument, the receiver, or a property of either. */
final class ArgumentValue extends ApplicationValue {

    /** Stands for the receiver in place of an argument's index. */
    static final int SELF = -1;

    private final int argument;
    private final Property[] properties;

    /** @param argument the index of the argument, or {@link #SELF} */
    ArgumentValue(String word, int argument, List<Property> properties) {
        super(word);
        this.argument = argument;
        this.properties = properties.toArray(new Property[0]);
    }

    @Override
    Object read(Execution execution) {
        Object value = root(execution);
        for (Property property : properties) {
            if (value == null) {
                throw new PathTemplate.UnusableValueException(
                        this + " is null before \"" + property + "\"");
            }
            value = property.read(value);
        }
        if (value == null) {
            throw new PathTemplate.UnusableValueException(this + " is null");
        }
        return value;
    }

    private @Nullable Object root(Execution execution) {
        if (argument == SELF) {
            return execution.self();
        }
        @Nullable Object[] arguments = execution.arguments();
        if (argument >= arguments.length) {
            throw new PathTemplate.UnusableValueException(this + " where the method has "
                    + arguments.length + (arguments.length == 1 ? " parameter" : " parameters"));
        }
        return arguments[argument];
    }
}
