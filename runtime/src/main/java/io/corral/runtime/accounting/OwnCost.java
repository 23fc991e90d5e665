package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What Corral itself spends in its hooks and readings: an estimate, since one call of many is timed, and
 * counts for them all. Containers are charged for it as for anything else that their threads do. What
 * stands around the calls that are timed, and the look-up of a carrier, is not in it.
 */
public final class OwnCost {

    /** One of so many switches is timed; a prime, so that no pattern falls in with it. */
    static final short SWITCHES = 127;

    /** One of so many threads has its fork and its exit timed. A power of two. */
    private static final int THREADS = 64;

    /** Of its id, to be timed: not 0, since a thread of such an id may be the one for which the table of threads makes room. */
    private static final int TIMED = THREADS / 2;

    /** What took longer was interrupted by what is not ours. */
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

    /** A switch was timed, or a mount where there was nothing to switch. */
    static void ofSwitch(long beganNanoTime) {
        add(beganNanoTime, SWITCHES);
    }

    /** When the fork or exit of a thread begins; to be given to {@link #end}. */
    public static long begin(long threadId) {
        return (threadId & (THREADS - 1)) == TIMED ? System.nanoTime() | 1 : NOT_TIMED;
    }

    public static void end(long beganNanoTime) {
        if (beganNanoTime != NOT_TIMED) {
            add(beganNanoTime, THREADS);
        }
    }

    /** What the calling thread, or its carrier, has used: to be given to {@link #ofReading}. */
    public static long beginReading() {
        return JvmClocks.ownCpuNanos();
    }

    /**
     * A reading of usages, each of which is timed.
     *
     * @param beganNanoTime bounds it, as a virtual thread may be on another carrier by now
     */
    public static void ofReading(long beganNanoTime, long beganCpuNanos) {
        long passed = System.nanoTime() - beganNanoTime;
        NANOS.getAndAdd(Math.max(Math.min(passed, JvmClocks.ownCpuNanos() - beganCpuNanos), 0));
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
