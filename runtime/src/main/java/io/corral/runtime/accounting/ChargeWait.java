package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a reader wait for threads that have published a reading and not charged it yet. Without this
 * wait, the reader's sum could lack an interval.
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

    /** A number of the owner's charges for which a reader does not wait. */
    static final int EVEN = 0;

    /** How many outsiders publish or charge, on any meter. */
    static final AtomicInteger OUTSIDERS = new AtomicInteger();

    private ChargeWait() {}

    /** A call initializes this class. */
    public static void initialize() {}

    /**
     * Waits until the owner has made the charge of which the caller has seen {@code ownersCharges},
     * and no outsider charges.
     */
    static void until(Publication publication, int ownersCharges, long patienceNanos) {
        Patience patience = new Patience(patienceNanos);
        while (publication.isCharging(ownersCharges) && patience.lasts()) {
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
}
