package io.corral.field.agents;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What another agent takes along with a task. Its classes are in the case's project, which has the
 * other agent's API.
 */
final class TracingContext {

    /** Runs a task in a new context, on the calling thread. */
    private final Consumer<Runnable> within;

    private final Supplier<String> current;

    private TracingContext(Consumer<Runnable> within, Supplier<String> current) {
        this.within = within;
        this.current = current;
    }

    /** @param className {@code none}, or a class that is both a consumer of tasks and a supplier */
    @SuppressWarnings("unchecked")
    static TracingContext of(String className) throws ReflectiveOperationException {
        if (className.equals("none")) {
            return new TracingContext(Runnable::run, () -> "");
        }
        Object made = Class.forName(className).getConstructor().newInstance();
        return new TracingContext((Consumer<Runnable>) made, (Supplier<String>) made);
    }

    /** Calls a task in a new context. */
    void within(Callable<?> task) {
        within.accept(() -> {
            try {
                task.call();
            } catch (Exception failure) {
                throw new CompletionException(failure);
            }
        });
    }

    /** The current context, or an empty text. */
    String current() {
        return current.get();
    }
}
