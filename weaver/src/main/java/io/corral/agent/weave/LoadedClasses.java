package io.corral.agent.weave;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** The classes that the JVM has loaded. */
public final class LoadedClasses {

    private static final Class<?>[] NONE = {};

    private LoadedClasses() {}

    /**
     * On any thread.
     *
     * @return none once the JVM is ending: it answers with null then, on threads that it does not wait for, of which the
     *     specification says nothing
     */
    public static Class<?>[] of(Instrumentation instrumentation) {
        Class<?> @Nullable [] loaded = instrumentation.getAllLoadedClasses();
        return loaded == null ? NONE : loaded;
    }

    /** Whether the JVM is ending. It transforms nothing any more then, and does not say so. */
    static boolean areGone(Instrumentation instrumentation) {
        return instrumentation.getAllLoadedClasses() == null;
    }
}
