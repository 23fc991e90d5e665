package io.corral.field.agents;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * What another agent takes along with a task. Its classes are in the case's project, which has the
 * other agent's API.
 */
final class TracingContext {

    private final Callable<AutoCloseable> entry;
    private final Supplier<String> current;

    private TracingContext(Callable<AutoCloseable> entry, Supplier<String> current) {
        this.entry = entry;
        this.current = current;
    }

    /** @param className {@code none}, or a class that is both a callable and a supplier */
    @SuppressWarnings("unchecked")
    static TracingContext of(String className) throws ReflectiveOperationException {
        if (className.equals("none")) {
            return new TracingContext(() -> () -> {}, () -> "");
        }
        Object made = Class.forName(className).getConstructor().newInstance();
        return new TracingContext((Callable<AutoCloseable>) made, (Supplier<String>) made);
    }

    /** Enters a new context. */
    AutoCloseable enter() throws Exception {
        return entry.call();
    }

    /** The current context, or an empty text. */
    String current() {
        return current.get();
    }
}
