package io.corral.runtime.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a thread that rules can test. A missing or unknown property is null and never
 * matches.
 */
public abstract class ThreadFacts {

    public abstract String name();

    public abstract boolean isVirtual();

    /** The name of the thread's class. */
    public abstract @Nullable String type();

    /** The class name of the thread's {@code Runnable}; unknown for virtual threads. */
    public abstract @Nullable String task();

    public abstract @Nullable String group();

    /** The name of the context class loader, or that of its class if the loader is unnamed. */
    public abstract @Nullable String loader();

    /** The names of the thread's class and of those that it extends. */
    public List<String> types() {
        String type = type();
        return type == null ? List.of() : List.of(type);
    }

    /** The class of the loader of the thread's own class, or else of its task's class. */
    public @Nullable String origin() {
        return null;
    }

    /** The path of the container in main where the thread's starter works. */
    public @Nullable String starter() {
        return null;
    }

    /** Whether the thread's starter works in a chosen place. */
    public boolean isStarterChosen() {
        return false;
    }

    /** The path of the place for virtual threads of the same starter. */
    public @Nullable String virtualPlace() {
        return null;
    }

    /** Whether the thread is a pool's worker. */
    public boolean isPoolWorker() {
        return false;
    }
}
