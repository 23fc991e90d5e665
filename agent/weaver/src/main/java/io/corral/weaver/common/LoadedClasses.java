package io.corral.weaver.common;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** The classes that the JVM has loaded. */
public final class LoadedClasses {

    private static final Class<?>[] NONE = {};

    private LoadedClasses() {}

    /**
     * Any thread may call.
     *
     * @return no classes if the JVM is ending: then the JVM returns null on threads that it does
     *     not wait for, although this is not specified
     */
    public static Class<?>[] of(Instrumentation instrumentation) {
        Class<?> @Nullable [] loaded = instrumentation.getAllLoadedClasses();
        return loaded == null ? NONE : loaded;
    }

    /** Whether the JVM is ending. It then transforms no class, without an error. */
    public static boolean isJvmEnding(Instrumentation instrumentation) {
        return instrumentation.getAllLoadedClasses() == null;
    }
}
