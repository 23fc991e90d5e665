package io.corral.runtime.accounting;

import static io.corral.runtime.accounting.Publication.SAMPLED;
import static io.corral.runtime.accounting.Publication.SETTLED_OUTSIDE;
import static io.corral.runtime.accounting.Publication.WITHOUT_READING;
import static io.corral.runtime.accounting.Publication.WITH_READING;
import static io.corral.runtime.accounting.Publication.beginning;
import static io.corral.runtime.accounting.Publication.isOpen;
import static io.corral.runtime.accounting.Publication.version;

import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.jdk.ThreadAccess;
import java.util.Objects;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The accounting state of one platform thread: the account it works for, and its clocks at the last
 * reading. An <em>interval</em> is the time between two readings; a <em>stay</em> is the time that
 * the thread works for one account. To <em>settle</em> is to read the clocks and charge the
 * interval.
 *
 * <p>Three parties act on a meter. The <em>owner</em> is the thread itself, or the virtual thread
 * that is mounted on it. <em>Readers</em> settle from other threads. <em>Movers</em> make the
 * thread work for another account: by an attach, or when a carrier rests. Readers and movers are
 * called <em>outsiders</em>.
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
 *       the answer is, unless that measurement has ended.
 *   <li>A thread that has published a reading also charges it, whatever happens in between.
 *   <li>A meter publishes fewer than 2<sup>57</sup> readings.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Conservation: the CPU time charged is the last reading minus the first. Each interval is
 *       charged once.
 *   <li>An interval is charged to the accounts that the thread worked for during it: to one,
 *       exactly; or, under {@link ClockPolicy#ADAPTIVE}, to several, by estimates.
 *   <li>The owner takes no lock and waits for no other thread. An attempt of the owner fails only
 *       if another thread's attempt has succeeded. A reader makes it fail once at most.
 *   <li>An outsider waits while another outsider publishes, which takes a few instructions. A
 *       reader also waits for threads that charge, for a limited time; see {@link ChargeWait}.
 *   <li>After {@link #close} nothing is charged except by threads that had published before.
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

    /** Switches until short stays may end without a reading. Until then each reads the clock. */
    private static final int EXACT_SWITCHES = 32;

    private static final long MANY_BYTES = 1 << 20;

    /** A value that no open meter has as its state. */
    private static final long NO_STATE = -1;

    private static final long UNKNOWN = -1;

    final Publication publication;
    private final long threadId;
    private final boolean adaptive;

    /** The number of switches until the next one is timed. Written by the owner. */
    private short switchesUntilTimed = OwnCost.SWITCHES;

    /**
     * Null under the policy exact, and until the thread has switched often. Written by the owner.
     */
    @Nullable UnchargedStays uncharged;

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

    // The owner.

    /**
     * Owner: from now on the thread works for the account that {@code source} returns. If it is the
     * same as before, no clock is read.
     */
    public final void switchTo(AccountSource source) {
        if (--switchesUntilTimed > 0) {
            follow(source);
            return;
        }
        switchesUntilTimed = OwnCost.SWITCHES;
        long began = System.nanoTime();
        follow(source);
        OwnCost.addSwitch(began);
    }

    /**
     * If the account is the same as before, a compare-and-set confirms it. So a mover that asked
     * the source before the owner's change cannot publish after it: its compare-and-set fails, and
     * it asks again.
     */
    private void follow(AccountSource source) {
        Publication last = publication;
        for (long before = last.state(); isOpen(before); before = last.state()) {
            Account from = last.account(before);
            Account to = source.account(from);
            if (from == to
                    ? last.confirm(before)
                    : adaptive ? endStay(before, from, to) : publishReading(before, to, 0)) {
                return;
            }
        }
    }

    private boolean endStay(long before, Account from, Account to) {
        boolean isMeasured = from.isMeasured() || to.isMeasured();
        return isMeasured ? publishReading(before, to, nanoTime()) : endUnmeasuredStay(before, to);
    }

    /** Ends a stay, without a reading if it was short and is not to be sampled. */
    @DontInline
    @ReservedStack
    private boolean endUnmeasuredStay(long before, Account to) {
        Publication last = publication;
        long wall = nanoTime();
        UnchargedStays stays = uncharged;
        // If an outsider has settled during the stay, its length does not correspond to its CPU
        // time.
        if (stays == null || beginning(before) == SETTLED_OUTSIDE) {
            return publishReading(before, to, wall);
        }
        long began = stays.sinceNanoTime;
        long length = stays.length(wall);
        boolean isDue = stays.sampling.isReadingDue(beginning(before) == SAMPLED);
        if (isDue || length > ClockPolicy.SHORT_STAY_NANOS) {
            return publishReading(before, to, wall);
        }
        Account account = last.account(before);
        long cpu = last.cpuNanos(before);
        long allocatedSince = last.allocatedBytes(before);
        AllocationMark mark = last.mark(before);
        boolean isFirst = beginning(before) != WITHOUT_READING;
        int estimate = stays.estimate(account, length, isFirst);
        if (!stays.add(isFirst, account, estimate)) {
            return publishReading(before, to, wall);
        }
        stays.sinceNanoTime = wall;
        long allocated = Math.max(ownAllocatedBytes(), allocatedSince);
        if (!last.publish(before, WITHOUT_READING, to, cpu, allocated)) {
            stays.sinceNanoTime = began;
            stays.takeBack(account, estimate);
            return false;
        }
        try {
            chargeAllocated(account, mark, allocatedSince, allocated);
        } finally {
            last.endCharge();
        }
        return true;
    }

    /** Ends a stay with a reading of both clocks, begun at {@code wall}. */
    @DontInline
    @ReservedStack
    private boolean publishReading(long before, Account to, long wall) {
        Publication last = publication;
        Account account = last.account(before);
        long since = last.cpuNanos(before);
        long allocatedSince = last.allocatedBytes(before);
        AllocationMark mark = last.mark(before);
        long allocated = Math.max(ownAllocatedBytes(), allocatedSince);
        // A reader may have read the clock later than this thread did.
        long reading = Math.max(ownCpuNanos(), since);
        long after = wall();
        long took = after - wall;
        UnchargedStays stays = uncharged;
        boolean isSampled = stays != null && !to.isMeasured() && stays.sampling.chooses(to, took);
        if (!last.publish(before, isSampled ? SAMPLED : WITH_READING, to, reading, allocated)) {
            return false;
        }
        try {
            chargeAllocated(account, mark, allocatedSince, allocated);
            if (stays == null) {
                account.chargeCpu(reading - since);
            } else {
                stays.chargeReading(account, beginning(before), reading - since, wall, took);
            }
        } finally {
            last.endCharge();
        }
        if (stays != null) {
            stays.begin(after, took, seed() ^ version(before));
        } else if (adaptive && version(before) >= EXACT_SWITCHES) {
            uncharged = newUnchargedStays(after);
        }
        return true;
    }

    /** Returns null if there is no memory for it: the clock is read then. */
    private static @Nullable UnchargedStays newUnchargedStays(long nanoTime) {
        try {
            return new UnchargedStays(nanoTime);
        } catch (OutOfMemoryError exhausted) {
            return null;
        }
    }

    /** Owner: charges what was used up to now. The thread goes on for the same account. */
    public final void settleOwn() {
        Publication last = publication;
        for (long before = last.state(); isOpen(before); before = last.state()) {
            if (publishReading(before, last.account(before), wall())) {
                return;
            }
        }
    }

    /** Owner: as {@link #settleOwn}, if a measurement is charged. */
    public final void settleIfMeasured() {
        long now = publication.state();
        if (isOpen(now) && publication.account(now).isMeasured()) {
            settleOwn();
        }
    }

    /** A reader of its own meter, or of its carrier's: as {@link #settle}. */
    public final void settleAsOwner() {
        settleOwn();
        // The owner itself charges nothing now.
        awaitCharges(ChargeWait.EVEN);
    }

    /**
     * Owner, at the thread's end: charges everything up to now, and nothing after. Idempotent.
     *
     * @return whether this call closed it
     */
    @ReservedStack
    public final boolean close() {
        Publication last = publication;
        for (long before = last.state(); isOpen(before); before = last.state()) {
            Account account = last.account(before);
            long since = last.cpuNanos(before);
            long allocatedSince = last.allocatedBytes(before);
            AllocationMark mark = last.mark(before);
            long wall = wall();
            long allocated = Math.max(ownAllocatedBytes(), allocatedSince);
            long reading = Math.max(ownCpuNanos(), since);
            if (last.close(before, account, reading, allocated)) {
                try {
                    UnchargedStays.charge(account, uncharged(before), wall, reading - since);
                    chargeAllocated(account, mark, allocatedSince, allocated);
                } finally {
                    last.endCharge();
                }
                return true;
            }
        }
        return false;
    }

    private static void chargeAllocated(
            Account account, @Nullable AllocationMark mark, long since, long now) {
        if (now > since) {
            account.chargeAllocated(mark == null ? now - since : now - mark.charge(since, now));
        }
    }

    /** Owner: whether the thread has allocated more than 1 MiB since its last reading. */
    public final boolean hasManyUnchargedBytes() {
        return ownAllocatedBytes() - publication.lastAllocatedBytes() > MANY_BYTES;
    }

    /** Closes the meter of a thread that the JVM could not start, without a charge. */
    public final void abandon() {
        publication.abandon();
    }

    // Readers.

    /**
     * Reader: charges the CPU time used up to now, and waits for threads that are charging. Does
     * not read the clock again if it has not advanced.
     *
     * @param cpuNanos the CPU clock of the thread, read after the caller's reading began
     * @return whether the clock has not advanced since the last reading
     */
    public final boolean settle(long cpuNanos) {
        long before = publication.state();
        boolean isSettled = isOpen(before)
                && cpuNanos <= publication.cpuNanos(before)
                && publication.isUnchanged(before);
        if (!isSettled) {
            settleFromOutside();
        }
        awaitCharges();
        return isSettled;
    }

    private void settleFromOutside() {
        if (!isOpen(publication.state())) {
            return;
        }
        long now = cpuNanos();
        if (now < 0) {
            return;
        }
        for (long before = publication.state(); isOpen(before); before = publication.state()) {
            if (now <= publication.cpuNanos(before)
                    ? publication.isUnchanged(before)
                    : publishFromOutside(
                            before,
                            publication.account(before),
                            now,
                            publication.allocatedBytes(before),
                            publication.mark(before))) {
                return;
            }
        }
    }

    /** Reader: waits for threads that have published a reading and have not charged it yet. */
    public final void awaitCharges() {
        awaitCharges(publication.charges());
    }

    private void awaitCharges(int ownersCharges) {
        if (publication.isCharging(ownersCharges)) {
            ChargeWait.until(publication, ownersCharges, patienceNanos());
        }
    }

    // Movers.

    /** Mover: from now on the thread works for the account that {@code source} returns. */
    public final void moveTo(AccountSource source) {
        move(source, NO_STATE, UNKNOWN);
    }

    /**
     * Mover: as {@link #moveTo} if the thread waits, with both clocks settled; else nothing.
     *
     * <p>If the thread's CPU clock does not advance around a reading of its allocated bytes, it has
     * not allocated in between. (The clock must be as fine as Linux's.) If the thread waits, too,
     * that reading is exact; a thread that the kernel has stopped where it replaces its allocation
     * buffer has the buffer counted twice.
     *
     * @param thread the thread of this meter
     */
    public final void moveResting(AccountSource source, Thread thread) {
        long before = publication.state();
        if (!isOpen(before)) {
            return;
        }
        Account account = publication.account(before);
        if (source.account(account) == account) {
            return;
        }
        long cpu = cpuNanos();
        if (isRunnable(thread)) {
            return;
        }
        long allocated = allocatedBytes();
        // An owner that wakes and rests again in between has changed the state.
        if (cpu >= 0 && cpuNanos() == cpu && publication.state() == before) {
            move(source, before, allocated);
        }
    }

    /**
     * Mover: as {@link #moveResting}, for a thread that goes on for the same account: charges its
     * allocated bytes. Does nothing if it runs.
     *
     * @param thread the thread of this meter
     * @param restsLong whether a runnable thread rests, too: it waits for the network, for example
     * @return whether nothing is left to be charged
     */
    public final boolean settleResting(Thread thread, boolean restsLong) {
        long before = publication.state();
        if (!isOpen(before) || publication.mark(before) != null) {
            return false;
        }
        long cpu = cpuNanos();
        if (!restsLong && isRunnable(thread)) {
            return false;
        }
        long allocated = allocatedBytes();
        if (cpu < 0 || cpuNanos() != cpu) {
            return false;
        }
        if (allocated <= publication.allocatedBytes(before)) {
            return publication.isUnchanged(before);
        }
        return publishFromOutside(
                before,
                publication.account(before),
                Math.max(cpu, publication.cpuNanos(before)),
                allocated,
                null);
    }

    private static boolean isRunnable(Thread thread) {
        ThreadAccess threads = Jdk.THREADS;
        return threads == null
                ? thread.getState() == Thread.State.RUNNABLE
                : threads.isRunnable(thread);
    }

    /**
     * @param resting the state in which the thread was seen to rest
     * @param restingBytes what it had allocated then
     */
    private void move(AccountSource source, long resting, long restingBytes) {
        for (long before = publication.state(); isOpen(before); before = publication.state()) {
            Account from = publication.account(before);
            Account to = source.account(from);
            boolean remains =
                    from == to || (resting == NO_STATE && entersOrLeavesMeasurement(from, to));
            if (remains
                    ? publication.confirm(before)
                    : move(before, to, before == resting ? restingBytes : UNKNOWN)) {
                return;
            }
        }
    }

    /**
     * Whether the owner is about to enter or leave a measurement by a switch between the accounts.
     * The owner knows its allocated bytes; the mover would have to estimate them. A measurement
     * that ends meanwhile makes no difference: then the two answers of {@code from} differ, or
     * {@code to} has none either.
     */
    private static boolean entersOrLeavesMeasurement(Account from, Account to) {
        Account before = from.measurementAccount();
        return before != to.measurementAccount() && before == from.measurementAccount();
    }

    private boolean move(long before, Account to, long restingBytes) {
        long since = publication.allocatedBytes(before);
        AllocationMark mark = publication.mark(before);
        long reading = Math.max(cpuNanos(), publication.cpuNanos(before));
        boolean isExact = restingBytes >= 0 && mark == null;
        return publishFromOutside(
                before,
                to,
                reading,
                isExact ? Math.max(restingBytes, since) : since,
                isExact
                        ? null
                        : AllocationMark.after(
                                mark, publication.account(before), allocatedBytes()));
    }

    /**
     * Outsider: publishes a reading in place of {@code before}, and charges the difference. Before
     * that is charged, the thread may leave a measurement, or end.
     */
    @ReservedStack
    private boolean publishFromOutside(
            long before, Account to, long cpu, long allocated, @Nullable AllocationMark mark) {
        Account account = publication.account(before);
        Account measurement = account.measurementAccount();
        countOutsideCharge(measurement, 1);
        try {
            long cpuSince = publication.cpuNanos(before);
            long allocatedSince = publication.allocatedBytes(before);
            UnchargedStays stays = uncharged(before);
            UnchargedStays copy = stays == null ? null : stays.copy();
            long wall = wall();
            if (!publication.publishFromOutside(before, to, cpu, allocated, mark)) {
                return false;
            }
            try {
                UnchargedStays.charge(account, copy, wall, cpu - cpuSince);
                account.chargeAllocated(allocated - allocatedSince);
            } finally {
                publication.endChargeFromOutside();
            }
            return true;
        } finally {
            countOutsideCharge(measurement, -1);
        }
    }

    private static void countOutsideCharge(@Nullable Account measurement, int by) {
        ChargeWait.OUTSIDERS.getAndAdd(by);
        if (measurement != null) {
            measurement.countOutsideCharge(by);
        }
    }

    /** The stays that {@code state} leaves to be charged, or null if there are none. */
    private @Nullable UnchargedStays uncharged(long state) {
        return beginning(state) == WITHOUT_READING ? uncharged : null;
    }

    // Any thread.

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
     * The account to which everything used since the last reading will be charged; null if there
     * may be several, or once closed.
     */
    public final @Nullable Account onlyAccount() {
        for (long now = publication.state(); isOpen(now); now = publication.state()) {
            Account account = publication.account(now);
            boolean isOnly = publication.mark(now) == null && beginning(now) != WITHOUT_READING;
            if (publication.isUnchanged(now)) {
                return isOnly ? account : null;
            }
        }
        return null;
    }

    /**
     * Estimates the bytes that the thread has allocated since its last reading, and passes them to
     * {@code action}, for each account that it has worked for. Passes nothing if the thread was
     * read or moved meanwhile.
     */
    public final void forEachUncharged(ObjLongConsumer<Account> action) {
        long before = publication.state();
        if (!isOpen(before)) {
            return;
        }
        Account account = publication.account(before);
        AllocationMark mark = publication.mark(before);
        long from = publication.allocatedBytes(before);
        long now = allocatedBytes();
        long after = publication.state();
        // The state also changes where the thread goes on for the same account without a reading.
        if (now > from
                && isOpen(after)
                && publication.account(after) == account
                && Objects.equals(publication.mark(after), mark)
                && publication.allocatedBytes(after) == from
                && publication.isUnchanged(after)) {
            long since = mark == null ? from : mark.forEachPart(from, now, action);
            action.accept(account, now - since);
        }
    }

    private long wall() {
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

    /** Threads choose different stays to sample, and each chooses the same in every run. */
    int seed() {
        return Long.hashCode(threadId);
    }

    long patienceNanos() {
        return ChargeWait.PATIENCE_NANOS;
    }
}
