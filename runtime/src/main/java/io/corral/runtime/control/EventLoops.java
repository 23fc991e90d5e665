package io.corral.runtime.control;

import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Whether the calling thread runs an event loop. Netty can run its event loops as tasks of a pool
 * and on virtual threads. Nobody waits there: the other connections of the loop would wait too.
 */
final class EventLoops {

    /** Null if a security manager forbids it. */
    private static final @Nullable StackWalker STACK = stack();

    static {
        // Initializes the JDK's classes behind it: a request that is to wait may have no stack for
        // that.
        areRunning();
    }

    private EventLoops() {}

    private static @Nullable StackWalker stack() {
        try {
            return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
        } catch (SecurityException forbidden) {
            return null;
        }
    }

    /** Walks the whole stack, so ask it only where a request would wait. */
    static boolean areRunning() {
        return STACK != null && new Search().isFoundBy(STACK);
    }

    private static final class Search extends FrameSearch {

        /**
         * Event loops of Netty are executors that can schedule. Those of the JDK don't count: since
         * 25 a fork-join pool is one, and any thread may help it.
         */
        @Override
        boolean matches(StackWalker.StackFrame frame) {
            Class<?> type = frame.getDeclaringClass();
            return type.getClassLoader() != null
                    && ScheduledExecutorService.class.isAssignableFrom(type);
        }
    }
}
