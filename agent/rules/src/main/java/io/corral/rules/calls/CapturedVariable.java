package io.corral.rules.calls;

import io.corral.rules.values.PropertyPath;

import org.jspecify.annotations.Nullable;

/** A variable that a lambda has captured, or a value in it. */
final class CapturedVariable extends ApplicationValue {

    private final String variable;
    private final PropertyPath path;

    /** @param variable its name, or its number from 0 */
    CapturedVariable(String word, String variable, PropertyPath path) {
        super(word);
        this.variable = variable;
        this.path = path;
    }

    @Override
    @Nullable Object read(Execution execution) {
        return path.read(PropertyPath.present(execution.captured(variable)));
    }
}
