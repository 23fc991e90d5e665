package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The accounting state of one platform thread: whom it works for, and its clocks at the last reading.
 *
 * <p>Three may settle: the <em>owner</em> (the thread itself, or what is mounted on it), <em>readers</em>
 * (any number), and one <em>mover</em> at a time (who attaches the thread elsewhere, under the lock of
 * attaches). Readers and the mover are <em>outsiders</em>.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>The CPU clock never falls, whoever reads it. (A fall is taken for no progress.)
 *   <li>Only the owner calls the methods marked so; movers exclude one another.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Conservation: what was charged for CPU is the last reading less the first, always and
 *       exactly; each stretch between two readings is charged once.
 *   <li>A stretch is charged to the accounts the thread worked for during it: to one, exactly, or, where
 *       the policy is adaptive and residencies were short, to several by what each may have used.
 *   <li>The owner never waits: its attempt fails only if another's has succeeded.
 *   <li>After {@link #close} nothing is charged.
 *   <li>Allocated bytes are charged by owner's readings only, and by a mover's of a thread that rests,
 *       so their sum is exact; where a mover switched a running thread, the split between two of these
 *       is an estimate.
 * </ol>
 *
 * <p>How: {@link #state} names the slot that holds what is known, and counts how often it was replaced.
 * Who settles or switches prepares a slot of its own and publishes it by compare-and-set; who wins
 * charges the stretch that the old slot began. The owner has two slots and writes the one that is not
 * published; outsiders claim one of the others, which stays claimed while it is published. So a slot
 * is never written while it is published, and who reads one that was overwritten meanwhile fails at
 * the compare-and-set. The same holds for the pending residencies of the {@link Stretch}: the owner
 * writes behind those that are published.
 */
public final class Meter {

    /** A residency longer than this ends with a reading under each policy. */
    static final long LONG_NANOS = 50_000;

    private static final long CLOSED = -1;
    private static final int NONE = -1;

    private static final int SLOT_BITS = 3;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int OWNER_SLOTS = 2;
    private static final int OUTSIDER_SLOTS = (1 << SLOTS) - (1 << OWNER_SLOTS);

    /** Moves remembered between two of the owner's readings; the split of later ones is coarser. */
    private static final int MAX_MOVES = 64;

    private final ThreadClock clock;
    private final boolean adaptive;
    private final long firstCpuNanos;
    private final long firstAllocatedBytes;

    /** How often it was replaced, and the slot; {@link #CLOSED} at the end. */
    private final AtomicLong state = new AtomicLong();

    /** Written as the class comment says, read after {@link #state}. */
    private final @Nullable Slot[] slots = new Slot[SLOTS];

    /** A bit for each slot of outsiders that is published, or about to be. */
    private final AtomicInteger claimed = new AtomicInteger();

    /** Of the owner's short residencies; null until there is one. */
    private @Nullable Stretch stretch;

    /** The owner's: the residency that this state began is to be measured. */
    private long sampled = CLOSED;

    /** The owner's: how many residencies may be pending this time. By chance, as patterns repeat. */
    private int patience = Stretch.CAPACITY;

    /** The owner's. */
    private int random;

    /** Whether a mover is between its question and its answer. Written by the mover, read by the owner. */
    private volatile boolean moving;

    /** The last reading of all. Written before {@link #state} says closed, read after. */
    private long closedAtCpuNanos;

    /** The owner's last reading, or the mover's of a thread that rests. */
    private final AtomicLong lastAllocatedBytes;

    /** Where movers switched since the owner's last reading, newest first. */
    private final AtomicReference<@Nullable MovedAway> moves = new AtomicReference<>();

    /** For a thread whose clocks stood at these values when it came under Corral's eyes. */
    public Meter(
            ThreadClock clock,
            ClockPolicy policy,
            Account account,
            long cpuNanos,
            long allocatedBytes) {
        this.clock = clock;
        this.adaptive = policy == ClockPolicy.ADAPTIVE;
        this.firstCpuNanos = Math.max(cpuNanos, 0);
        this.firstAllocatedBytes = Math.max(allocatedBytes, 0);
        this.lastAllocatedBytes = new AtomicLong(firstAllocatedBytes);
        this.slots[0] = new Slot(account, firstCpuNanos, wall());
    }

    /**
     * Owner: from now on the thread works for what {@code next} says. Reads no clock if it did so
     * already. The target is asked after {@link #state} was read, so that a mover who has changed its
     * answer since makes the compare-and-set fail.
     */
    public void switchTo(Target next) {
        for (long before = state.get(); before != CLOSED; before = state.get()) {
            Account from = published(before).account;
            if (from != next.account()) {
                settleAllocated(from);
                long wall = wall();
                if (!adaptive || !defer(wall, next)) {
                    read(wall, next);
                }
                return;
            }
            if (moving ? confirm(before) : state.get() == before) {
                return;
            }
        }
    }

    /**
     * Owner: switches without a reading, if the residency that ends was short and need not be measured.
     *
     * @return false if a reading is due
     */
    private boolean defer(long wall, Target next) {
        for (long before = state.get(); before != CLOSED; before = state.get()) {
            Slot from = published(before);
            long length = wall - from.sinceNanoTime;
            if (length > LONG_NANOS || before == sampled || from.pending >= patience) {
                return false;
            }
            pending().put(from.pending, from.account, from.account.estimate(Math.max(length, 0)));
            int slot = ownSlot(before);
            fill(slot, next.account(), from.cpuNanos, wall).pending = from.pending + 1;
            if (publish(before, slot)) {
                return true;
            }
        }
        return true;
    }

    /** Owner: switches with a reading. */
    private void read(long wall, Target next) {
        long now = clock.ownCpuNanos();
        for (long before = state.get(); before != CLOSED; before = state.get()) {
            Slot from = published(before);
            Account account = from.account;
            int count = from.pending;
            long length = wall - from.sinceNanoTime;
            long since = from.cpuNanos;
            // A reader may have read the clock later than we did; never step back behind it.
            long reading = Math.max(now, since);
            int slot = ownSlot(before);
            Slot to = fill(slot, next.account(), reading, wall());
            if (publish(before, slot)) {
                charge(account, stretch, count, length, reading - since);
                if (adaptive) {
                    measured(before, account, count, length, reading - since);
                    sampleNext(to.account, next(before, slot));
                }
                return;
            }
        }
    }

    /** Owner: the residency that {@code before} began was to be measured, and nobody came between. */
    private void measured(long before, Account account, int count, long length, long cpuNanos) {
        if (before == sampled && count == 0 && length > 0 && length <= LONG_NANOS) {
            account.sample(Math.max(cpuNanos - ReadingCost.NANOS, 0), length);
        }
        sampled = CLOSED;
    }

    /** Owner: a reading was taken, with which a residency begins that can be measured. */
    private void sampleNext(Account account, long now) {
        random = random == 0 ? System.identityHashCode(this) | 1 : random;
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        patience = Stretch.CAPACITY - (random & (Stretch.CAPACITY / 4 - 1));
        if (account.wantsSamples() || (random >>> 16 & 3) == 0) {
            sampled = now;
        }
    }

    /** Owner: charges what was used up to now; the thread goes on for the same account. */
    public void settleOwn() {
        long before = state.get();
        if (before != CLOSED) {
            settleAllocated(published(before).account);
            long now = clock.ownCpuNanos();
            for (before = state.get(); isProgress(now, before); before = state.get()) {
                if (settle(now, before, ownSlot(before))) {
                    return;
                }
            }
        }
    }

    /** Owner: charges what was allocated up to now: 15 ns, where the CPU clock costs a system call. */
    public void settleOwnAllocated() {
        long before = state.get();
        if (before != CLOSED) {
            settleAllocated(published(before).account);
        }
    }

    /** Reader: charges the CPU time used up to now. */
    public void settle() {
        if (state.get() == CLOSED) {
            return;
        }
        long now = clock.cpuNanos();
        int slot = NONE;
        try {
            for (long before = state.get(); isProgress(now, before); before = state.get()) {
                slot = slot == NONE ? claim() : slot;
                if (settle(now, before, slot)) {
                    slot = NONE;
                    return;
                }
            }
        } finally {
            unclaim(slot);
        }
    }

    private boolean isProgress(long now, long before) {
        return before != CLOSED && now > published(before).cpuNanos;
    }

    /** @return whether the slot is published now */
    private boolean settle(long now, long before, int slot) {
        Slot from = published(before);
        Account account = from.account;
        long since = from.cpuNanos;
        int count = from.pending;
        long wall = wall();
        long length = wall - from.sinceNanoTime;
        Stretch copy = copy(count);
        fill(slot, account, now, wall);
        if (now > since && publish(before, slot)) {
            charge(account, copy, count, length, now - since);
            return true;
        }
        return false;
    }

    /**
     * Mover: from now on the thread works for what {@code next} says. It is asked again after each
     * lost race with the owner, who may have entered or closed a scope meanwhile.
     */
    public void moveTo(Target next) {
        moving = true;
        int slot = NONE;
        try {
            for (long before = state.get(); before != CLOSED; before = state.get()) {
                Slot from = published(before);
                Account account = from.account;
                long since = from.cpuNanos;
                int count = from.pending;
                Account target = next.account();
                if (account == target) {
                    if (confirm(before)) {
                        return;
                    }
                    continue;
                }
                long reading = Math.max(clock.cpuNanos(), since);
                long wall = wall();
                long length = wall - from.sinceNanoTime;
                Stretch copy = copy(count);
                // Announced before the switch, so that the owner can't miss it.
                announce(account, clock.allocatedBytes());
                slot = slot == NONE ? claim() : slot;
                fill(slot, target, reading, wall);
                if (publish(before, slot)) {
                    slot = NONE;
                    charge(account, copy, count, length, reading - since);
                    return;
                }
            }
        } finally {
            moving = false;
            unclaim(slot);
        }
    }

    /**
     * Mover: as {@link #moveTo}, for a thread that may rest, with both clocks settled; does nothing if
     * it runs. A thread whose CPU clock stands still around a reading of its allocated bytes has not
     * allocated meanwhile, so this one reading from outside is exact. (For that the clock must be as
     * fine as Linux's.)
     */
    public void moveResting(Target next) {
        long allocatedBefore = lastAllocatedBytes.get();
        long before = state.get();
        if (before == CLOSED) {
            return;
        }
        Account account = published(before).account;
        if (account == next.account()) {
            return;
        }
        long cpu = clock.cpuNanos();
        long allocated = clock.allocatedBytes();
        if (cpu < 0 || clock.cpuNanos() != cpu || state.get() != before) {
            return;
        }
        if (allocated > allocatedBefore
                && moves.get() == null
                && lastAllocatedBytes.compareAndSet(allocatedBefore, allocated)) {
            account.chargeAllocated(allocated - allocatedBefore);
        }
        moveTo(next);
    }

    /**
     * Says that the thread works where it did, so that whoever asked before and got another answer
     * fails at the compare-and-set, and asks again.
     */
    private boolean confirm(long before) {
        return state.compareAndSet(before, before + SLOTS);
    }

    private void announce(Account from, long allocated) {
        MovedAway earlier = moves.get();
        int count = earlier == null ? 1 : earlier.count() + 1;
        if (allocated >= 0 && count <= MAX_MOVES) {
            moves.set(new MovedAway(from, allocated, earlier, count));
        }
    }

    /**
     * Owner, at the thread's end: charges everything up to now, and nothing after. Idempotent.
     *
     * @return whether this call closed it
     */
    public boolean close() {
        long before = state.get();
        if (before == CLOSED) {
            return false;
        }
        settleAllocated(published(before).account);
        long wall = wall();
        long now = clock.ownCpuNanos();
        for (before = state.get(); before != CLOSED; before = state.get()) {
            Slot from = published(before);
            Account account = from.account;
            long since = from.cpuNanos;
            int count = from.pending;
            long length = wall - from.sinceNanoTime;
            long reading = Math.max(now, since);
            closedAtCpuNanos = reading;
            if (state.compareAndSet(before, CLOSED)) {
                charge(account, stretch, count, length, reading - since);
                return true;
            }
        }
        return false;
    }

    /** For a thread that the JVM could not start: nothing was used, and nothing will be. */
    public void abandon() {
        closedAtCpuNanos = firstCpuNanos;
        state.set(CLOSED);
    }

    /** CPU nanoseconds charged for this thread so far, to whatever account. */
    public long chargedCpuNanos() {
        for (long now = state.get(); now != CLOSED; now = state.get()) {
            long reading = published(now).cpuNanos;
            if (isStill(now)) {
                return reading - firstCpuNanos;
            }
        }
        return closedAtCpuNanos - firstCpuNanos;
    }

    /** Bytes charged for this thread so far, to whatever account. */
    public long chargedAllocatedBytes() {
        return lastAllocatedBytes.get() - firstAllocatedBytes;
    }

    /** Reader: the account this thread works for, as of about now, or null once closed. */
    public @Nullable Account account() {
        for (long now = state.get(); now != CLOSED; now = state.get()) {
            Account account = published(now).account;
            if (isStill(now)) {
                return account;
            }
        }
        return null;
    }

    /** That what was read of the slot was read while it was published. A mere look may come early. */
    private boolean isStill(long now) {
        return state.compareAndSet(now, now);
    }

    /**
     * Reader: an estimate of the bytes allocated since the owner's last reading. A
     * reading that goes back, or forward by more than {@code bound}, is none.
     *
     * @return at least 0
     */
    public long runningAllocatedBytes(long bound) {
        long since = lastAllocatedBytes.get();
        long running = clock.smallerAllocatedBytes() - since;
        return running < 0 || running > bound || since != lastAllocatedBytes.get() ? 0 : running;
    }

    private void settleAllocated(Account account) {
        long now = clock.ownAllocatedBytes();
        for (long from = lastAllocatedBytes.get(); now > from; from = lastAllocatedBytes.get()) {
            if (lastAllocatedBytes.compareAndSet(from, now)) {
                MovedAway moved = moves.get() == null ? null : moves.getAndSet(null);
                account.chargeAllocated(moved == null ? now - from : now - moved.charge(from, now));
                return;
            }
        }
    }

    /**
     * Who has won a stretch charges it. The last residency is known to have used the rest if it was
     * long; if it was short it is one among the others.
     */
    private static void charge(
            Account last, @Nullable Stretch pending, int count, long length, long nanos) {
        if (count == 0 || pending == null) {
            last.chargeCpu(nanos);
            return;
        }
        long estimated = pending.estimate(count);
        long others = length > LONG_NANOS
                ? Math.min(nanos, estimated)
                : Stretch.share(nanos, estimated, estimated + last.estimate(Math.max(length, 0)));
        pending.charge(count, others, estimated);
        last.chargeApportioned(nanos - others);
    }

    private long wall() {
        return adaptive ? System.nanoTime() : 0;
    }

    private Stretch pending() {
        Stretch known = stretch;
        if (known == null) {
            known = new Stretch();
            stretch = known;
        }
        return known;
    }

    private @Nullable Stretch copy(int count) {
        Stretch known = stretch;
        return count == 0 || known == null ? null : known.copy(count);
    }

    private Slot published(long now) {
        return slots[slot(now)];
    }

    /** By who has the slot: the owner, or by its claim. With it a stretch begins. */
    private Slot fill(int index, Account account, long cpuNanos, long sinceNanoTime) {
        Slot slot = slots[index];
        if (slot == null) {
            slot = new Slot(account, cpuNanos, sinceNanoTime);
            slots[index] = slot;
            return slot;
        }
        slot.account = account;
        slot.cpuNanos = cpuNanos;
        slot.sinceNanoTime = sinceNanoTime;
        slot.pending = 0;
        return slot;
    }

    private static int slot(long now) {
        return (int) now & (SLOTS - 1);
    }

    private static int ownSlot(long before) {
        return slot(before) == 0 ? 1 : 0;
    }

    private boolean publish(long before, int slot) {
        if (!state.compareAndSet(before, next(before, slot))) {
            return false;
        }
        if (slot(before) >= OWNER_SLOTS) {
            unclaim(slot(before));
        }
        return true;
    }

    private static long next(long before, int slot) {
        return (before & -SLOTS) + SLOTS + slot;
    }

    /** Outsider. One that finds all taken waits until another is through, which does not wait. */
    private int claim() {
        while (true) {
            int now = claimed.get();
            int free = Integer.lowestOneBit(~now & OUTSIDER_SLOTS);
            if (free == 0) {
                Thread.onSpinWait();
            } else if (claimed.compareAndSet(now, now | free)) {
                return Integer.numberOfTrailingZeros(free);
            }
        }
    }

    private void unclaim(int slot) {
        if (slot != NONE) {
            claimed.getAndAdd(-(1 << slot));
        }
    }

    /** Says whom a thread works for: asked by a mover, who may have to ask again. */
    public interface Target {
        Account account();
    }

    /** That at {@code allocatedBytes} the thread still worked for {@code account}. */
    private record MovedAway(
            Account account, long allocatedBytes, @Nullable MovedAway earlier, int count) {

        /**
         * Charges the stretch from {@code from} on, oldest move first, as far as moves say whose it was.
         *
         * @return up to where it is charged, at most {@code now}
         */
        long charge(long from, long now) {
            long start = earlier == null ? from : earlier.charge(from, now);
            long end = Math.min(Math.max(allocatedBytes, start), now);
            account.chargeAllocated(end - start);
            return end;
        }
    }
}
