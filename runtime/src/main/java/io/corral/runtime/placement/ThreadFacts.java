package io.corral.runtime.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a thread that rules can test. A missing or unknown property is null and never
 * matches.
 */
public interface ThreadFacts {

    String name();

    boolean isVirtual();

    /** The name of the thread's class. */
    @Nullable String type();

    /** The class name of the thread's {@code Runnable}; unknown for virtual threads. */
    @Nullable String task();

    default @Nullable String group() {
        return null;
    }

    /** The name of the context class loader, or that of its class if the loader is unnamed. */
    default @Nullable String loader() {
        return null;
    }

    /** The class of the loader of the thread's own class, or else of its task's class. */
    default @Nullable String origin() {
        return null;
    }

    /** The path of the container in main where the thread's starter works. */
    default @Nullable String starter() {
        return null;
    }

    /** Whether the thread's starter works in a chosen place. */
    default boolean isStarterChosen() {
        return false;
    }

    /** The path of the place for virtual threads of the same starter. */
    default @Nullable String virtualPlace() {
        return null;
    }

    /** Whether the thread is a pool's worker. */
    default boolean isPoolWorker() {
        return false;
    }

    /**
     * Whether a pattern matches the name of the thread's class, or of one that it extends.
     *
     * @param captures as for {@link TextPattern#matches}
     */
    default boolean extendsClass(TextPattern pattern, @Nullable List<String> captures) {
        String type = type();
        return type != null && pattern.matches(type, captures);
    }
}
