package io.corral.runtime.accounting;

import static io.corral.runtime.accounting.Publication.WITHOUT_READING;
import static io.corral.runtime.accounting.Publication.begin;

import io.corral.runtime.jdk.ReservedStack;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The accounting state of one platform thread: the account it works for, and its clocks at the last
 * reading. A <em>stretch</em> is the time between two readings; a <em>residency</em> is the time
 * that the thread works for one account. To <em>settle</em> is to read the clocks and charge the
 * stretch.
 *
 * <p>Three parties act on a meter. The <em>owner</em> is the thread itself, or the virtual thread
 * that is mounted on it. <em>Readers</em> settle from other threads. <em>Movers</em> make the
 * thread work for another account: by an attach, or when a carrier rests. Readers and movers are
 * called <em>outsiders</em>. {@link OwnerSteps} and {@link OutsiderSteps} have what each party
 * does.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>Only the owner calls the methods marked so, one at a time. (A callback from an allocation
 *       may call them within another.)
 *   <li>The CPU clock does not fall. A lower reading counts as no progress.
 *   <li>The owner writes what its {@link AccountSource} answers before it calls {@link #switchTo},
 *       with release order at least. Another thread that changes the answer calls {@link #moveTo}
 *       afterwards; such threads exclude one another. Only the owner changes for which measurement
 *       the answer is, unless that measurement is over.
 *   <li>Whoever publishes also charges, whatever happens in between.
 *   <li>A meter publishes fewer than 2<sup>57</sup> readings.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Conservation: the CPU time charged is the last reading less the first. Each stretch is
 *       charged once.
 *   <li>A stretch is charged to the accounts that the thread worked for during it: to one, exactly;
 *       or, under {@link ClockPolicy#ADAPTIVE}, to several, by estimates.
 *   <li>The owner takes no lock and waits for no other thread. An attempt of the owner fails only
 *       if another thread's attempt has succeeded. A reader makes it fail once at most.
 *   <li>An outsider waits for another outsider that publishes, for a few instructions. A reader
 *       also waits for those that charge, for a limited time; see {@link ChargeWait}.
 *   <li>After {@link #close} nothing is charged except by those that had published before.
 *   <li>Only the owner's readings, and those of a mover while the thread rests, charge allocated
 *       bytes, so their sum is exact. If a mover moves a running thread, its bytes are split at an
 *       estimate. A mover leaves it to the owner to enter or leave a measurement.
 *   <li>The CPU time used before {@link #settle} began is charged when it returns, except in the
 *       cases that {@link ChargeWait} lists.
 * </ol>
 *
 * <p>How: each step reads the {@link Publication}, then the clocks, and publishes the new reading
 * by compare-and-set. If that succeeds, it charges the difference; if not, it starts again. It
 * copies what it will charge before it publishes, since the slot can be filled again right after.
 * {@link ReservedStack} makes sure that a step that has published has the stack to charge.
 */
public class Meter {

    /** A longer residency ends with a reading under each policy. */
    static final long LONG_NANOS = 50_000;

    private static final long MANY_BYTES = 1 << 20;

    final Publication publication;
    private final long threadId;
    final boolean adaptive;

    /** The number of switches until the next one is timed. Written by the owner. */
    private short untimed = OwnCost.SWITCHES;

    /**
     * Null under the policy exact, and until the thread has switched often. Written by the owner.
     */
    @Nullable
    UnchargedStays stretch;

    /**
     * Starts a meter, with the thread's clocks as they stand. A value below zero is unknown and
     * counts as zero.
     */
    public Meter(
            long threadId,
            ClockPolicy policy,
            Account account,
            long cpuNanos,
            long allocatedBytes) {
        this.threadId = threadId;
        this.adaptive = policy == ClockPolicy.ADAPTIVE;
        this.publication =
                new Publication(account, Math.max(cpuNanos, 0), Math.max(allocatedBytes, 0));
    }

    public final long threadId() {
        return threadId;
    }

    /**
     * Owner: from now on the thread works for the account that {@code source} returns. If it is the
     * same as before, no clock is read.
     */
    public final void switchTo(AccountSource source) {
        if (--untimed > 0) {
            OwnerSteps.follow(this, source);
            return;
        }
        untimed = OwnCost.SWITCHES;
        long began = System.nanoTime();
        OwnerSteps.follow(this, source);
        OwnCost.ofSwitch(began);
    }

    /** Owner: charges what was used up to now. The thread goes on for the same account. */
    public final void settleOwn() {
        OwnerSteps.settle(this);
    }

    /** Owner: as {@link #settleOwn}, if a measurement is charged. */
    public final void settleIfMeasured() {
        OwnerSteps.settleIfMeasured(this);
    }

    /** A reader of its own meter, or of its carrier's: as {@link #settle}. */
    public final void settleAsOwner() {
        settleOwn();
        ChargeWait.forOutsiders(this);
    }

    /**
     * Reader: charges the CPU time used up to now, and waits for threads that are charging. Does
     * not read the clock again if it has not advanced.
     *
     * @param cpuNanos the CPU clock of the thread, read after the caller's reading began
     * @return whether the clock has not advanced since the last reading
     */
    public final boolean settle(long cpuNanos) {
        long before = publication.state();
        boolean isSettled = Publication.isOpen(before)
                && cpuNanos <= publication.cpuNanos(before)
                && publication.isUnchanged(before);
        if (!isSettled) {
            OutsiderSteps.settle(this);
        }
        ChargeWait.forAll(this);
        return isSettled;
    }

    /** Reader: waits for threads that have published a reading and have not charged it yet. */
    public final void awaitCharges() {
        ChargeWait.forAll(this);
    }

    /**
     * Mover: charges the allocated bytes of a thread that rests. Does nothing if it runs.
     *
     * @param thread the thread of this meter
     * @param restsLong whether it rests even if it is runnable
     * @return whether nothing is left to be charged
     */
    public final boolean settleResting(Thread thread, boolean restsLong) {
        return OutsiderSteps.settleResting(this, thread, restsLong);
    }

    /** Mover: from now on the thread works for the account that {@code source} returns. */
    public final void moveTo(AccountSource source) {
        OutsiderSteps.move(this, source);
    }

    /**
     * Mover: as {@link #moveTo} if the thread waits, with both clocks settled; else nothing.
     *
     * @param thread the thread of this meter
     */
    public final void moveResting(AccountSource source, Thread thread) {
        OutsiderSteps.moveResting(this, source, thread);
    }

    /**
     * Owner, at the thread's end: charges everything up to now, and nothing after. Idempotent.
     *
     * @return whether this call closed it
     */
    public final boolean close() {
        return OwnerSteps.close(this);
    }

    /** Closes the meter of a thread that the JVM could not start, without a charge. */
    public final void abandon() {
        publication.abandon();
    }

    /** CPU nanoseconds charged for this thread so far, to whatever account. */
    public final long chargedCpuNanos() {
        return publication.chargedCpuNanos();
    }

    /** Bytes charged for this thread so far, to whatever account. */
    public final long chargedAllocatedBytes() {
        return publication.chargedAllocatedBytes();
    }

    /** The account that the thread works for, as of about now, or null once closed. */
    public final @Nullable Account account() {
        return publication.account();
    }

    /**
     * Reader: the account that all will be charged to which was used since the last reading; null
     * if there may be several, or once closed.
     */
    public final @Nullable Account onlyAccount() {
        for (long now = publication.state(); Publication.isOpen(now); now = publication.state()) {
            Account account = publication.account(now);
            boolean isOnly = publication.mark(now) == null && begin(now) != WITHOUT_READING;
            if (publication.isUnchanged(now)) {
                return isOnly ? account : null;
            }
        }
        return null;
    }

    /** Owner: whether the thread has allocated more than 1 MiB since its last reading. */
    public final boolean hasManyUnchargedBytes() {
        return ownAllocatedBytes() - publication.lastAllocatedBytes() > MANY_BYTES;
    }

    /** Receives the estimate of what a running thread has allocated for one account. */
    public interface Running {
        void on(Account account, long allocatedBytes);
    }

    /**
     * Reader: estimates the bytes allocated since the owner's last reading, for each account that
     * the thread was in. Passes nothing to {@code action} if the thread was read or moved
     * meanwhile.
     */
    public final void forEachRunning(Running action) {
        long before = publication.state();
        if (!Publication.isOpen(before)) {
            return;
        }
        Account account = publication.account(before);
        AllocationMark mark = publication.mark(before);
        long from = publication.allocatedBytes(before);
        long now = allocatedBytes();
        long after = publication.state();
        // The state also changes where the thread goes on for the same account without a reading.
        if (now > from
                && Publication.isOpen(after)
                && publication.account(after) == account
                && Objects.equals(publication.mark(after), mark)
                && publication.allocatedBytes(after) == from
                && publication.isUnchanged(after)) {
            long since = mark == null ? from : mark.show(from, now, action);
            action.on(account, now - since);
        }
    }

    /** The residencies that {@code state} leaves to be charged, or null if there are none. */
    final @Nullable UnchargedStays pending(long state) {
        return begin(state) == WITHOUT_READING ? stretch : null;
    }

    final long wall() {
        return adaptive ? nanoTime() : 0;
    }

    // The clocks, the seed of random numbers and the time limit of waits. Tests replace them.

    long nanoTime() {
        return System.nanoTime();
    }

    long ownCpuNanos() {
        return JvmClocks.ownCpuNanos();
    }

    long cpuNanos() {
        return JvmClocks.cpuNanos(threadId);
    }

    long ownAllocatedBytes() {
        return JvmClocks.ownAllocatedBytes();
    }

    long allocatedBytes() {
        return JvmClocks.allocatedBytes(threadId);
    }

    /** Threads choose different residencies to sample, and each chooses the same in every run. */
    int seed() {
        return Long.hashCode(threadId);
    }

    long patienceNanos() {
        return ChargeWait.PATIENCE_NANOS;
    }
}
