package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicInteger;

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
public final class ChargeWait {

    /** Several time slices of a scheduler: a descheduled thread runs again within this time. */
    static final long PATIENCE_NANOS = 10_000_000;

    /**
     * The longest time that one iteration counts for. If it takes longer, the reader or the JVM was
     * suspended.
     */
    private static final long LOOK_NANOS = 100_000;

    private static final int EVEN = 0;

    /** How many outsiders publish or charge, on any meter. */
    static final AtomicInteger OUTSIDERS = new AtomicInteger();

    private ChargeWait() {}

    /** A call initializes this class. */
    public static void initialize() {}

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
        Patience patience = new Patience(meter.patienceNanos());
        while (isCharging(meter.publication, seen) && patience.lasts()) {
            Thread.onSpinWait();
        }
    }

    /**
     * Waits for outsiders of all meters. The thread of a meter may have ended since they published:
     * a reader that begins then does not find the meter.
     */
    public static void forOutsidersOfAll() {
        until(OUTSIDERS);
    }

    /** Waits until no outsider charges, as {@code charges} counts them. */
    public static void until(AtomicInteger charges) {
        until(charges, PATIENCE_NANOS);
    }

    static void until(AtomicInteger charges, long patienceNanos) {
        if (charges.get() != 0) {
            Patience patience = new Patience(patienceNanos);
            while (charges.get() != 0 && patience.lasts()) {
                Thread.onSpinWait();
            }
        }
    }

    /** How long one wait may last. */
    private static final class Patience {

        private final long nanos;
        private long last = System.nanoTime();
        private long waited;

        Patience(long nanos) {
            this.nanos = nanos;
        }

        boolean lasts() {
            long now = System.nanoTime();
            waited += Math.min(now - last, LOOK_NANOS);
            last = now;
            return waited <= nanos;
        }
    }

    private static boolean isCharging(Publication publication, int seen) {
        return (isOdd(seen) && publication.charges() == seen) || publication.isChargedFromOutside();
    }

    private static boolean isOdd(int charges) {
        return (charges & 1) != 0;
    }
}
