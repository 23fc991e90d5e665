package io.corral.rules.calls;

import io.corral.rules.language.UnusableValueException;
import io.corral.rules.values.StaticValue;

import java.util.List;

/**
 * An entry of the thread's diagnostic context (MDC), with which logging libraries mark lines. An
 * execution without the entry is left to the next rule.
 */
final class DiagnosticContextEntry extends ApplicationValue {

    /** Of SLF4J and of Log4j. An application may have both, and use one. */
    private final List<StaticValue> contexts;

    DiagnosticContextEntry(String word, String key) {
        super(word);
        this.contexts = List.of(
                StaticValue.call("org.slf4j.MDC", "get", key),
                StaticValue.call("org.apache.logging.log4j.ThreadContext", "get", key));
    }

    @Override
    Object read(Execution execution) {
        boolean isThere = false;
        for (StaticValue context : contexts) {
            Class<?> owner = execution.find(context.owner());
            Object value = owner == null ? null : context.read(owner);
            if (value != null) {
                return value;
            }
            isThere |= owner != null;
        }
        if (isThere) {
            throw UnusableValueException.noMatch();
        }
        throw new UnusableValueException(
                this + ": the application has neither SLF4J nor Log4j's API");
    }
}
