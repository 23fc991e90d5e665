package io.corral.integration.support;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits with a time limit and without checked exceptions, so that tasks can wait, too. */
public final class Waits {

    private static final long TIMEOUT_SECONDS = 120;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Waits() {}

    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "the latch stayed closed for " + TIMEOUT_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Waits for something that nobody signals, such as a state of a thread. */
    public static void until(BooleanSupplier condition) {
        until(condition, Thread::onSpinWait);
    }

    /** As {@link #until}, and leaves the CPUs to the threads that are waited for. */
    public static void sleepUntil(BooleanSupplier condition) {
        until(condition, () -> LockSupport.parkNanos(PAUSE_NANOS));
    }

    private static void until(BooleanSupplier condition, Runnable pause) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS)) {
                throw new IllegalStateException(
                        "the condition was false for " + TIMEOUT_SECONDS + " s");
            }
            pause.run();
        }
    }
}
