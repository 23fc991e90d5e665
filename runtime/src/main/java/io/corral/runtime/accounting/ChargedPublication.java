package io.corral.runtime.accounting;

import java.lang.invoke.VarHandle;

/**
 * A {@link Publication} whose winner charges what lies between two slots, and says when it is through: until then a reader that sums
 * charges would find that stretch nowhere.
 *
 * <p>Assumption: who has published ends the charge, whatever happens meanwhile.
 *
 * <p>Guarantee: when {@link #awaitCharges} returns, what had been published when the state was last read is charged; but not where
 *
 * <ol>
 *   <li>who published stands still for as long as a reader has patience: a debugger has suspended it, say, or it is one of so many
 *       threads that it gets no processor;
 *   <li>outsiders settle without a pause for as long: a reader waits until there is none;
 *   <li>the owner switches in the middle of a charge of its own, in a callback from an allocation say: what is
 *       left of the outer charge is not awaited.
 * </ol>
 *
 * <p>How: the owner counts before it publishes and when it has charged. Its counter is odd in between, and neither step is
 * more than a write: the first becomes visible with the compare-and-set that publishes, the second, behind a fence, not before
 * the charge. A reader that finds it odd waits until it changes, not until it is even: the owner's next charge is of what was used
 * since. (It may be the same again after 128 charges, and the reader wait for one more.)
 */
abstract class ChargedPublication extends Publication {

    /** For a reader that has the processor: some turns of a scheduler's, between which another that has lost it gets it back. */
    static final long PATIENCE_NANOS = 10_000_000;

    /** A reader's look that takes longer was a standstill of its own, maybe of the whole JVM, and says nothing of the owner's. */
    private static final long LOOK_NANOS = 100_000;

    /** The owner is not waited for. */
    private static final byte EVEN = 0;

    /** Odd while the owner is between publishing and charging, or about to publish. The owner's; readers look at it. */
    private byte charges;

    ChargedPublication(
            long threadId,
            boolean adaptive,
            Account account,
            long cpuNanos,
            long allocatedBytes,
            long sinceNanoTime) {
        super(threadId, adaptive, account, cpuNanos, allocatedBytes, sinceNanoTime);
    }

    /** Owner: as {@link #publishSpare}; if that succeeds, {@link #endCharge} comes after the charge. */
    final boolean publishSpareToCharge(long before, int residency) {
        beginCharge();
        if (publishSpare(before, residency)) {
            return true;
        }
        endCharge();
        return false;
    }

    /** Owner: as {@link #closeWithSpare}; if that succeeds, {@link #endCharge} comes after the charge. */
    final boolean closeWithSpareToCharge(long before) {
        beginCharge();
        if (closeWithSpare(before)) {
            return true;
        }
        endCharge();
        return false;
    }

    private void beginCharge() {
        charges |= 1;
    }

    /** Owner: what it has published is charged. */
    final void endCharge() {
        VarHandle.releaseFence();
        charges = (byte) ((charges | 1) + 1);
    }

    /** Reader, after it has read the state: until what was published up to then is charged. */
    final void awaitCharges() {
        byte seen = look();
        if (isOdd(seen) || isChargedFromOutside()) {
            spinUntilCharged(seen);
        }
    }

    /** Owner that reads as well: until what outsiders have published is charged. */
    final void awaitOutsidersCharges() {
        if (isChargedFromOutside()) {
            spinUntilCharged(EVEN);
        }
    }

    private void spinUntilCharged(byte seen) {
        long waited = 0;
        long last = System.nanoTime();
        while ((isOdd(seen) && seen == look()) || isChargedFromOutside()) {
            long now = System.nanoTime();
            waited += Math.min(now - last, LOOK_NANOS);
            last = now;
            if (waited > patienceNanos()) {
                return;
            }
            Thread.onSpinWait();
        }
    }

    /** The counter as it is now; who finds it changed sees what was charged before. */
    private byte look() {
        byte now = charges;
        VarHandle.acquireFence();
        return now;
    }

    private static boolean isOdd(byte count) {
        return (count & 1) != 0;
    }

    /** A test has none where it looks for who waits. */
    long patienceNanos() {
        return PATIENCE_NANOS;
    }
}
