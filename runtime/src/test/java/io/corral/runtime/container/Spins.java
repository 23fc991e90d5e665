package io.corral.runtime.container;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * For threads that are to meet within nanoseconds, often: who has no CPU to himself for a while
 * lets the other on his.
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
