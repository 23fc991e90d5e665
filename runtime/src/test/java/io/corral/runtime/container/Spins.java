package io.corral.runtime.container;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spins until another thread arrives, so that both meet within nanoseconds. A thread that spins for
 * long yields, in case both share a CPU.
 */
public final class Spins {

    private static final int MOST = 1_000;

    private Spins() {}

    @SuppressWarnings("ThreadPriorityCheck")
    public static void until(AtomicInteger value, int expected) {
        for (int i = 0; value.get() != expected; i++) {
            if (i < MOST) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }
}
