package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The CPU time of Corral's own hooks and readings. It is an estimate: one in many calls is timed
 * and represents all. The time is charged to containers too, like everything that their threads do.
 * The estimate does not include the code around the timed calls and the search for a carrier.
 */
public final class OwnCost {

    /**
     * One switch in so many is timed. It is a prime, so that it does not coincide with a pattern of
     * the application.
     */
    static final short SWITCHES = 127;

    /** The fork and the exit of one thread in so many are timed. A power of two. */
    private static final int THREADS = 64;

    /**
     * The low bits of the ID of a timed thread. They are not 0, since such threads make the thread
     * table grow.
     */
    private static final int TIMED = THREADS / 2;

    /** A call that took longer was interrupted, and is left out. */
    private static final long LONGEST_NANOS = 10_000;

    private static final long NOT_TIMED = 0;

    /** What timing a call adds to it. */
    private static final long CLOCK_NANOS = clockNanos();

    private static final AtomicLong NANOS = new AtomicLong();

    private OwnCost() {}

    /** Nanoseconds since Corral is active. Never falls. */
    public static long nanos() {
        return NANOS.get();
    }

    /** Adds a timed switch. */
    static void addSwitch(long beganNanoTime) {
        add(beganNanoTime, SWITCHES);
    }

    /** Begins the fork or the exit of a thread; returns what {@link #end} takes. */
    public static long begin(long threadId) {
        return (threadId & (THREADS - 1)) == TIMED ? System.nanoTime() | 1 : NOT_TIMED;
    }

    public static void end(long beganNanoTime) {
        if (beganNanoTime != NOT_TIMED) {
            add(beganNanoTime, THREADS);
        }
    }

    /**
     * Adds a reading of usages. Each reading is timed.
     *
     * @param beganNanoTime limits the result, as a virtual thread can be on another carrier by now
     * @param beganCpuNanos the CPU time of the calling thread when the reading began
     */
    public static void addReading(long beganNanoTime, long beganCpuNanos) {
        long passed = System.nanoTime() - beganNanoTime;
        long used = JvmClocks.ownCpuNanos() - beganCpuNanos;
        NANOS.getAndAdd(Math.max(Math.min(passed, used), 0));
    }

    private static void add(long beganNanoTime, int countsFor) {
        long nanos = System.nanoTime() - beganNanoTime - CLOCK_NANOS;
        if (nanos > 0 && nanos <= LONGEST_NANOS) {
            NANOS.getAndAdd(nanos * countsFor);
        }
    }

    private static long clockNanos() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 32; i++) {
            long before = System.nanoTime();
            least = Math.min(least, System.nanoTime() - before);
        }
        return Math.max(least, 0);
    }
}
