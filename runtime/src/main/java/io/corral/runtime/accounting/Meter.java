package io.corral.runtime.accounting;

import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.ReservedStack;

import org.jspecify.annotations.Nullable;

/**
 * The accounting state of one platform thread: whom it works for, and its clocks at the last reading.
 *
 * <p>Three may settle: the <em>owner</em> (the thread itself, or what is mounted on it), <em>readers</em>
 * (any number), and <em>movers</em> (who attaches the thread elsewhere, under the lock of attaches, and a reader who
 * takes a resting carrier home). Readers and movers are <em>outsiders</em>.
 *
 * <p>Assumptions, beside those of {@link Publication} and {@link ChargedPublication}:
 *
 * <ol>
 *   <li>The CPU clock never falls, whoever reads it. (A fall is taken for no progress.)
 *   <li>Who changes a target's answer, beside the owner, moves the meter afterwards, and they exclude one another.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Conservation: what was charged for CPU is the last reading less the first, always and
 *       exactly; each stretch between two readings is charged once.
 *   <li>A stretch is charged to the accounts the thread worked for during it: to one, exactly, or, where
 *       the policy is adaptive and residencies were short, to several by what each may have used.
 *   <li>The owner waits for nobody: its attempt fails only if another's has succeeded. For the owner a
 *       reader waits that has found it about to charge, and not for long; else nobody does.
 *   <li>After {@link #close} has won nothing is charged but by who had won before.
 *   <li>Allocated bytes are charged by owner's readings only, and by a mover's of a thread that rests,
 *       so their sum is exact; where a mover switched a running thread, the split between two of these
 *       is an estimate.
 *   <li>The CPU time used before {@link #settle} began is charged when it returns, whoever charged it; see {@link
 *       ChargedPublication} for the exceptions.
 * </ol>
 *
 * <p>How: who settles or switches publishes a slot by compare-and-set, and charges what lies between
 * the slot before and this one if it succeeds. What it charges it has copied before: once it has published, the
 * slot before may be written again. That no stack is left for the charge once the compare-and-set has succeeded is what {@link
 * ReservedStack} is for. The owner adds to the {@link Stretch} before it publishes, and clears it
 * after it has charged it; an outsider copies it before.
 */
public class Meter extends ChargedPublication {

    /** A residency longer than this ends with a reading under each policy. */
    static final long LONG_NANOS = 50_000;

    /**
     * What {@link #untimed} comes down to before a thread gets a {@link Stretch}, of 40 bytes: one that switches
     * so seldom can read its clock each time.
     */
    private static final short EXACT_UNTIL = OwnCost.SWITCHES - 32;

    /** Of allocated bytes, which readers only estimate until the owner has switched. */
    private static final long MANY_BYTES = 1 << 20;

    private static final int NONE = -1;

    /** No state is below 0 but a closed one. */
    private static final long NEVER = -1;

    /** Calls of {@link #switchTo} until one is timed. The owner's. */
    private short untimed = OwnCost.SWITCHES;

    /** Of the owner's short residencies, and which of them are read; null until there are some. */
    private @Nullable Stretch stretch;

    /** For a thread whose clocks stood at zero when it came under Corral's eyes, or are not known. */
    Meter(long threadId, ClockPolicy policy, Account account) {
        this(threadId, policy, account, 0, 0);
    }

    Meter(long threadId, ClockPolicy policy, Account account, long cpuNanos, long allocatedBytes) {
        super(
                threadId,
                policy == ClockPolicy.ADAPTIVE,
                account,
                cpuNanos,
                allocatedBytes,
                policy == ClockPolicy.ADAPTIVE ? System.nanoTime() : 0);
    }

    /** For a thread whose clocks stood at these values when it came under Corral's eyes; what is below zero is not known. */
    public static Meter of(
            long threadId,
            ClockPolicy policy,
            Account account,
            long cpuNanos,
            long allocatedBytes) {
        return cpuNanos > 0 || allocatedBytes > 0
                ? new LateMeter(threadId, policy, account, cpuNanos, allocatedBytes)
                : new Meter(threadId, policy, account);
    }

    /**
     * Owner: from now on the thread works for what {@code next} says. Reads no clock if it did so
     * already. The target is asked after the state was read, so that a mover who has changed its answer
     * since makes the compare-and-set fail. The owner has made its own changes known by a volatile write.
     */
    public final void switchTo(Target next) {
        follow(next, false);
    }

    /**
     * Owner: as {@link #switchTo}, where it has made its changes known by a release only: the
     * compare-and-set here does the rest. A mover who has not seen them fails at its own, and asks again.
     */
    public final void changeTo(Target next) {
        follow(next, true);
    }

    private void follow(Target next, boolean confirmed) {
        if (--untimed == 0) {
            untimed = OwnCost.SWITCHES;
            long began = System.nanoTime();
            untilFollowed(next, confirmed);
            OwnCost.ofSwitch(began);
        } else {
            untilFollowed(next, confirmed);
        }
    }

    private void untilFollowed(Target next, boolean confirmed) {
        for (long before = state(); isOpen(before); before = state()) {
            Slot from = published(before);
            Account to = next.account();
            if (from.account == to
                    ? ((confirmed || isBeingMoved()) ? confirm(before) : state() == before)
                    : adaptive ? leave(before, from, to) : read(before, from, to, 0)) {
                return;
            }
        }
    }

    /** Owner: without a reading, if the residency that ends was short and need not be measured. */
    @DontInline
    @ReservedStack
    private boolean leave(long before, Slot from, Account to) {
        long wall = nanoTime();
        long length = Math.max(wall - from.sinceNanoTime(), 0);
        boolean isLong = length > LONG_NANOS;
        Stretch stays = isLong || untimed > EXACT_UNTIL ? stretch : stretch();
        if (stays == null || stays.isDue(isChosen(before)) || isLong) {
            return read(before, from, to, wall);
        }
        Account account = from.account;
        long cpu = from.cpuNanos;
        long allocatedSince = from.allocatedBytes;
        MovedAway moved = from.moved();
        int estimate = account.estimate(length);
        if (estimate == Shares.UNKNOWN) {
            estimate = (int) length;
            stays.hurry();
        }
        if (isRead(before)) {
            estimate += stays.restOfReading();
        }
        if (!stays.add(!isPending(before), account, estimate)) {
            return read(before, from, to, wall);
        }
        long allocated = Math.max(ownAllocatedBytes(), allocatedSince);
        spare(before).fill(to, cpu, allocated, wall);
        if (!publishSpareToCharge(before, PENDING)) {
            stays.takeBack(account, estimate);
            return false;
        }
        try {
            chargeAllocated(account, moved, allocatedSince, allocated);
        } finally {
            endCharge();
        }
        takeOwnSpare(before, account);
        return true;
    }

    /** Owner: with a reading of both clocks, begun at {@code wall}. */
    @DontInline
    @ReservedStack
    private boolean read(long before, Slot from, Account to, long wall) {
        Account account = from.account;
        long since = from.cpuNanos;
        long allocatedSince = from.allocatedBytes;
        MovedAway moved = from.moved();
        long length = Math.max(wall - from.sinceNanoTime(), 0);
        long allocated = Math.max(ownAllocatedBytes(), allocatedSince);
        // A reader may have read the clock later than we did; never step back behind it.
        long reading = Math.max(ownCpuNanos(), since);
        long after = wall();
        Stretch stays = stretch;
        spare(before).fill(to, reading, allocated, after);
        boolean measures = stays != null && stays.chooses(to, after - wall);
        if (!publishSpareToCharge(before, measures ? READ | CHOSEN : READ)) {
            return false;
        }
        try {
            chargeAllocated(account, moved, allocatedSince, allocated);
            if (stays == null) {
                account.chargeCpu(reading - since);
            } else {
                charge(
                        account,
                        isPending(before) ? stays : null,
                        length,
                        stays.half(after - wall),
                        reading - since);
                if (isChosen(before) && length > 0 && length <= LONG_NANOS) {
                    int rest = isRead(before) ? stays.restOfReading() : 0;
                    stays.measure(account, reading - since, rest, length, after - wall);
                }
                stays.forget();
                stays.read(after - wall, seed() ^ count(before));
            }
        } finally {
            endCharge();
        }
        takeOwnSpare(before, account);
        return true;
    }

    /** Reader of its own meter, or of its carrier's: as {@link #settle}. */
    public final void settleAsOwner() {
        settleOwn();
        awaitOutsidersCharges();
    }

    /** Owner: charges what was used up to now; the thread goes on for the same account. */
    public final void settleOwn() {
        for (long before = state(); isOpen(before); before = state()) {
            Slot from = published(before);
            if (read(before, from, from.account, wall())) {
                return;
            }
        }
    }

    /**
     * Reader: charges the CPU time used up to now, and waits for who is about to charge; see {@link ChargedPublication}.
     */
    public final void settle() {
        settleFromOutside();
        awaitCharges();
    }

    @ReservedStack
    private void settleFromOutside() {
        if (!isOpen(state())) {
            return;
        }
        long now = cpuNanos();
        if (now < 0) {
            return;
        }
        for (long before = state(); isOpen(before); before = state()) {
            Slot from = published(before);
            Account account = from.account;
            long since = from.cpuNanos;
            if (now <= since) {
                if (isStill(before)) {
                    return;
                }
                continue;
            }
            Stretch pending = copy(before);
            long wall = wall();
            long length = Math.max(wall - from.sinceNanoTime(), 0);
            if (publishFromOutside(before, account, now, from.allocatedBytes, from.moved(), wall)) {
                try {
                    charge(account, pending, length, 0, now - since);
                } finally {
                    endChargeFromOutside();
                }
                return;
            }
        }
    }

    /**
     * Mover: from now on the thread works for what {@code next} says. It is asked again after each
     * lost race with the owner, who may have entered or closed a scope meanwhile.
     */
    public final void moveTo(Target next) {
        beginMove();
        try {
            move(next, NEVER, 0);
        } finally {
            endMove();
        }
    }

    /**
     * Mover: as {@link #moveTo}, for a thread that may rest, with both clocks settled; does nothing if
     * it runs. A thread whose CPU clock stands still around a reading of its allocated bytes has not
     * allocated meanwhile, so this one reading from outside is exact. (For that the clock must be as
     * fine as Linux's.)
     */
    public final void moveResting(Target next) {
        // From here on the owner, which may begin and rest again meanwhile, leaves a trace in the
        // state.
        beginMove();
        try {
            long before = state();
            if (!isOpen(before) || next.stays() || published(before).account == next.account()) {
                return;
            }
            long cpu = cpuNanos();
            long allocated = allocatedBytes();
            if (cpu >= 0 && cpuNanos() == cpu && state() == before) {
                move(next, before, allocated);
            }
        } finally {
            endMove();
        }
    }

    /**
     * Between {@link #beginMove} and {@link #endMove}.
     *
     * @param resting the state in which the thread was seen to rest
     * @param restingBytes what it had allocated then
     */
    private void move(Target next, long resting, long restingBytes) {
        for (long before = state(); isOpen(before); before = state()) {
            Slot from = published(before);
            Account target = next.account();
            if ((next.stays() || from.account == target)
                    ? confirm(before)
                    : move(before, from, target, before == resting ? restingBytes : NONE)) {
                return;
            }
        }
    }

    @ReservedStack
    private boolean move(long before, Slot from, Account target, long restingBytes) {
        Account account = from.account;
        long since = from.cpuNanos;
        long allocatedSince = from.allocatedBytes;
        Stretch pending = copy(before);
        MovedAway moved = from.moved();
        long allocated = allocatedSince;
        if (restingBytes >= 0 && moved == null) {
            allocated = Math.max(restingBytes, allocatedSince);
        } else {
            moved = MovedAway.after(moved, account, allocatedBytes());
        }
        long reading = Math.max(cpuNanos(), since);
        long wall = wall();
        long length = Math.max(wall - from.sinceNanoTime(), 0);
        if (!publishFromOutside(before, target, reading, allocated, moved, wall)) {
            return false;
        }
        try {
            charge(account, pending, length, 0, reading - since);
            account.chargeAllocated(allocated - allocatedSince);
        } finally {
            endChargeFromOutside();
        }
        return true;
    }

    /**
     * Owner, at the thread's end: charges everything up to now, and nothing after. Idempotent.
     *
     * @return whether this call closed it
     */
    @ReservedStack
    public final boolean close() {
        for (long before = state(); isOpen(before); before = state()) {
            Slot from = published(before);
            Account account = from.account;
            long since = from.cpuNanos;
            long allocatedSince = from.allocatedBytes;
            MovedAway moved = from.moved();
            long length = Math.max(wall() - from.sinceNanoTime(), 0);
            long allocated = Math.max(ownAllocatedBytes(), allocatedSince);
            long reading = Math.max(ownCpuNanos(), since);
            spare(before).fill(account, reading, allocated, 0);
            if (closeWithSpareToCharge(before)) {
                try {
                    charge(account, isPending(before) ? stretch : null, length, 0, reading - since);
                    chargeAllocated(account, moved, allocatedSince, allocated);
                } finally {
                    endCharge();
                }
                return true;
            }
        }
        return false;
    }

    /** For a thread that the JVM could not start: nothing was used, and nothing will be. */
    public final void abandon() {
        closeAsItIs();
    }

    /** CPU nanoseconds charged for this thread so far, to whatever account. */
    public final long chargedCpuNanos() {
        for (long now = state(); ; now = state()) {
            long reading = published(now).cpuNanos;
            if (isStill(now)) {
                return reading - firstCpuNanos();
            }
        }
    }

    /** Bytes charged for this thread so far, to whatever account. */
    public final long chargedAllocatedBytes() {
        return lastAllocatedBytes() - firstAllocatedBytes();
    }

    private long lastAllocatedBytes() {
        for (long now = state(); ; now = state()) {
            long reading = published(now).allocatedBytes;
            if (isStill(now)) {
                return reading;
            }
        }
    }

    /** Owner: whether it has allocated so much since its last switch that readers should be told exactly. */
    public final boolean owesManyBytes() {
        return ownAllocatedBytes() - published(state()).allocatedBytes > MANY_BYTES;
    }

    /** Reader: the account this thread works for, as of about now, or null once closed. */
    public final @Nullable Account account() {
        for (long now = state(); isOpen(now); now = state()) {
            Account account = published(now).account;
            if (isStill(now)) {
                return account;
            }
        }
        return null;
    }

    /**
     * Reader: an estimate of the bytes allocated since the owner's last reading. Readings may be torn: one that goes back is none, and
     * one that goes forward by more than {@code bound} is so where another, right behind it, is far from it.
     *
     * @return at least 0
     */
    public final long runningAllocatedBytes(long bound) {
        long since = lastAllocatedBytes();
        long one = allocatedBytes();
        long other = allocatedBytes();
        long running = Math.min(one, other) - since;
        boolean isTorn = running < 0 || (running > bound && Math.abs(one - other) > bound);
        // Who has switched meanwhile is charged for what is not in here.
        awaitCharges();
        return isTorn || since != lastAllocatedBytes() ? 0 : running;
    }

    /**
     * Who has won a stretch charges it. The last residency is known to have used the rest if it was
     * long; if it was short it is one among the others.
     *
     * @param reading what the last has used for a reading at its end
     */
    private static void charge(
            Account last, @Nullable Stretch pending, long length, long reading, long nanos) {
        if (pending == null) {
            last.chargeCpu(nanos);
            return;
        }
        long estimated = pending.estimate();
        long others = length > LONG_NANOS
                ? nanos - last.rest(nanos - estimated)
                : Stretch.share(nanos, estimated, estimated + last.estimateOrAll(length) + reading);
        last.chargeApportioned(nanos - pending.charge(others, estimated));
    }

    /** Owner: charges what movers have not shown to be another's. */
    private static void chargeAllocated(
            Account account, @Nullable MovedAway moved, long since, long now) {
        if (now > since) {
            account.chargeAllocated(moved == null ? now - since : now - moved.charge(since, now));
        }
    }

    private long wall() {
        return adaptive ? nanoTime() : 0;
    }

    /** The clock on the wall, but for the one look of the constructor. A test moves it by hand. */
    long nanoTime() {
        return System.nanoTime();
    }

    /** Of what is chosen by chance: threads differ, and runs do not. A test varies it. */
    int seed() {
        return Long.hashCode(threadId());
    }

    /** Null where there is no memory for it: the clock is read then. */
    private @Nullable Stretch stretch() {
        if (stretch == null) {
            try {
                stretch = new Stretch();
            } catch (OutOfMemoryError exhausted) {
                return null;
            }
        }
        return stretch;
    }

    private @Nullable Stretch copy(long state) {
        Stretch known = stretch;
        return isPending(state) && known != null ? known.copy() : null;
    }

    /** What the CPU clock stood at in the beginning. */
    long firstCpuNanos() {
        return 0;
    }

    /** What the thread had allocated in the beginning. */
    long firstAllocatedBytes() {
        return 0;
    }

    /** Says whom a thread works for: asked by a mover, who may have to ask again. */
    public abstract static class Target {
        public abstract Account account();

        /** Asked by a mover: whether the thread stays where it works, whatever {@link #account} says. */
        public boolean stays() {
            return false;
        }
    }
}
