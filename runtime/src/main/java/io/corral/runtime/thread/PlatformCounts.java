package io.corral.runtime.thread;

import java.util.concurrent.atomic.AtomicLong;

/** How many platform threads have started and ended, each with its hook. */
public final class PlatformCounts {

    private static final AtomicLong STARTS = new AtomicLong();
    private static final AtomicLong EXITS = new AtomicLong();

    private PlatformCounts() {}

    static void initialize() {}

    static long starts() {
        return STARTS.get();
    }

    public static void countStart() {
        STARTS.getAndIncrement();
    }

    static long exits() {
        return EXITS.get();
    }

    public static void countExit() {
        EXITS.getAndIncrement();
    }
}
