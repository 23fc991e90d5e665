package io.corral.rules.calls;

import io.corral.rules.language.UnusableValueException;
import io.corral.rules.values.StaticValue;

/**
 * The result of a static method of the application, or the value of a static field. An execution
 * without the value is left to the next rule.
 */
final class StaticPlaceholder extends ApplicationValue {

    private final StaticValue value;

    StaticPlaceholder(String word, StaticValue value) {
        super(word);
        this.value = value;
    }

    @Override
    Object read(Execution execution) {
        Class<?> owner = execution.find(value.owner());
        if (owner == null) {
            throw new UnusableValueException("there is no class " + value.owner());
        }
        return RequestHeader.orNoMatch(value.read(owner));
    }
}
