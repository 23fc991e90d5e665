package io.corral.runtime.accounting;

/**
 * Lets a reader wait for threads that have published a reading and not charged it yet. Without this
 * wait, the reader's sum could lack a stretch.
 *
 * <p>The reader waits until the owner's counter of charges changes, and not until it is even: the
 * owner's next charge is of CPU time that was used since.
 *
 * <p>The wait ends early in three cases:
 *
 * <ol>
 *   <li>The owner, or the outsider that charges, makes no progress for {@link #PATIENCE_NANOS}: a
 *       debugger has suspended it, or it gets no processor.
 *   <li>For the same time, other outsiders settle one after another without a pause.
 *   <li>The owner switches within a charge of its own, for example in a callback from an
 *       allocation. The reader does not wait for the rest of the outer charge.
 * </ol>
 */
final class ChargeWait {

    /** Several time slices of a scheduler: a descheduled thread runs again within this time. */
    static final long PATIENCE_NANOS = 10_000_000;

    /**
     * The longest time that one iteration counts for. If it takes longer, the reader or the JVM was
     * suspended.
     */
    private static final long LOOK_NANOS = 100_000;

    private static final int EVEN = 0;

    private ChargeWait() {}

    /** Waits for the owner and for outsiders. */
    static void forAll(Meter meter) {
        waitWhileCharging(meter, meter.publication.charges());
    }

    /** Waits for outsiders. The caller is the owner. */
    static void forOutsiders(Meter meter) {
        waitWhileCharging(meter, EVEN);
    }

    private static void waitWhileCharging(Meter meter, int seen) {
        if (isCharging(meter.publication, seen)) {
            spin(meter, seen);
        }
    }

    private static void spin(Meter meter, int seen) {
        long waited = 0;
        long last = System.nanoTime();
        while (isCharging(meter.publication, seen)) {
            long now = System.nanoTime();
            waited += Math.min(now - last, LOOK_NANOS);
            last = now;
            if (waited > meter.patienceNanos()) {
                return;
            }
            Thread.onSpinWait();
        }
    }

    private static boolean isCharging(Publication publication, int seen) {
        return (isOdd(seen) && publication.charges() == seen) || publication.isChargedFromOutside();
    }

    private static boolean isOdd(int charges) {
        return (charges & 1) != 0;
    }
}
