package io.corral.runtime.control;

import io.corral.runtime.jdk.Jdk;

/**
 * Whether limits act on virtual threads. On a JDK that Corral is not tested on they only count what
 * they would do to them, as in monitor mode: their threads pass no run queues, their requests are
 * not kept waiting and not shed, and their starts are not refused.
 */
public final class VirtualThreadLimits {

    private static volatile boolean areMonitored;

    private VirtualThreadLimits() {}

    /** A call initializes this class. */
    static void initialize() {}

    /** Has limits only count. Called by the wiring, before any limit is set. */
    public static void monitor() {
        areMonitored = true;
    }

    static boolean areMonitored() {
        return areMonitored;
    }

    /** Whether limits only count what they would do to this thread. */
    static boolean areMonitored(Thread thread) {
        return areMonitored && Jdk.isVirtual(thread);
    }
}
