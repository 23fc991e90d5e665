package io.corral.runtime.accounting;

import io.corral.runtime.jdk.ReservedStack;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
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
 *   <li>{@link #state} does not come round: it counts to 2<sup>61</sup>.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Conservation: what was charged for CPU is the last reading less the first, always and
 *       exactly; each stretch between two readings is charged once.
 *   <li>A stretch is charged to the accounts the thread worked for during it: to one, exactly, or, where
 *       the policy is adaptive and residencies were short, to several by what each may have used.
 *   <li>Nobody waits for the owner, and the owner for nobody: its attempt fails only if another's has
 *       succeeded.
 *   <li>After {@link #close} has won nothing is charged but by who had won before.
 *   <li>Allocated bytes are charged by owner's readings only, and by a mover's of a thread that rests,
 *       so their sum is exact; where a mover switched a running thread, the split between two of these
 *       is an estimate.
 * </ol>
 *
 * <p>How: {@link #state} names the slot that holds what is known, and counts how often it was replaced.
 * Who settles or switches prepares a slot of its own and publishes it by compare-and-set; who wins
 * charges what lies between the old slot and the new. The owner has two slots and writes the one that is
 * not published; outsiders claim one of the others that is not published either, for the few steps in
 * which they fill and publish it. So a slot is never written while it is published, and who reads one that was overwritten meanwhile fails
 * at the compare-and-set. The owner adds to the {@link Stretch} before it publishes, and clears it after
 * it has charged it; an outsider copies it before.
 */
public class Meter extends JvmThreadClock {

    /** A residency longer than this ends with a reading under each policy. */
    static final long LONG_NANOS = 50_000;

    private static final int SLOT_BITS = 2;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int OWNER_SLOTS = 2;
    private static final int OUTSIDER_SLOTS = (1 << SLOTS) - (1 << OWNER_SLOTS);
    private static final int NONE = -1;

    /** In {@link #state}: nothing comes after. What is published is the last reading of all. */
    private static final long CLOSED = Long.MIN_VALUE;

    private static final AtomicLongFieldUpdater<Meter> STATE =
            AtomicLongFieldUpdater.newUpdater(Meter.class, "state");
    private static final AtomicIntegerFieldUpdater<Meter> CLAIMED =
            AtomicIntegerFieldUpdater.newUpdater(Meter.class, "claimed");

    /** How often it was replaced, and the slot. */
    private volatile long state;

    /** Written as the class comment says, read after {@link #state}. */
    private final @Nullable Slot[] slots = new Slot[SLOTS];

    /** A bit for each slot that an outsider is about to publish. */
    private volatile int claimed;

    /** Whether a mover is between its question and its answer. Written by the mover, read by the owner. */
    private volatile boolean moving;

    private final boolean adaptive;

    /** Calls of {@link #switchTo} until one is timed. The owner's. */
    private short untimed = OwnCost.SWITCHES;

    /** Of the owner's short residencies; null until there is one. */
    private @Nullable Stretch stretch;

    /** The owner's; made with {@link #stretch}. */
    private @Nullable Sampling sampling;

    /** What the clocks stood at in the beginning; null if at zero. */
    private final @Nullable Slot first;

    /** For a thread whose clocks stood at these values when it came under Corral's eyes. */
    public Meter(
            long threadId,
            ClockPolicy policy,
            Account account,
            long cpuNanos,
            long allocatedBytes) {
        super(threadId);
        this.adaptive = policy == ClockPolicy.ADAPTIVE;
        long cpu = Math.max(cpuNanos, 0);
        long allocated = Math.max(allocatedBytes, 0);
        this.first = cpu > 0 || allocated > 0 ? new Slot(account, cpu, allocated, 0) : null;
        slots[0] = new Slot(account, cpu, allocated, adaptive ? System.nanoTime() : 0);
    }

    /**
     * Owner: from now on the thread works for what {@code next} says. Reads no clock if it did so
     * already. The target is asked after {@link #state} was read, so that a mover who has changed its
     * answer since makes the compare-and-set fail.
     */
    public final void switchTo(Target next) {
        if (--untimed == 0) {
            untimed = OwnCost.SWITCHES;
            long began = System.nanoTime();
            follow(next);
            OwnCost.ofSwitch(began);
        } else {
            follow(next);
        }
    }

    private void follow(Target next) {
        for (long before = state; before >= 0; before = state) {
            Slot from = published(before);
            Account to = next.account();
            if (from.account == to
                    ? (moving ? confirm(before) : state == before)
                    : adaptive ? leave(before, from, to) : read(before, from, to, 0)) {
                return;
            }
        }
    }

    /** Owner: without a reading, if the residency that ends was short and need not be measured. */
    private boolean leave(long before, Slot from, Account to) {
        long wall = nanoTime();
        long length = Math.max(wall - from.sinceNanoTime, 0);
        Sampling chance = sampling();
        if (length > LONG_NANOS || chance.isDue(before)) {
            return read(before, from, to, wall);
        }
        Account account = from.account;
        long allocatedSince = from.allocatedBytes;
        MovedAway moved = from.moved;
        int estimate = account.estimate(length);
        if (estimate == Shares.UNKNOWN) {
            estimate = (int) length;
            chance.hurry();
        }
        if (from.pending == 0) {
            estimate += chance.restOfReading(before);
        }
        if (!stretch().add(from.pending == 0, account, estimate)) {
            return read(before, from, to, wall);
        }
        long allocated = Math.max(ownAllocatedBytes(), allocatedSince);
        int slot = ownSlot(before);
        fill(slot, to, from.cpuNanos, allocated, wall).pending = from.pending + 1;
        if (!publish(before, slot)) {
            return false;
        }
        chargeAllocated(account, moved, allocatedSince, allocated);
        return true;
    }

    /** Owner: with a reading of both clocks, begun at {@code wall}. */
    private boolean read(long before, Slot from, Account to, long wall) {
        Account account = from.account;
        long since = from.cpuNanos;
        long allocatedSince = from.allocatedBytes;
        MovedAway moved = from.moved;
        int pending = from.pending;
        long length = Math.max(wall - from.sinceNanoTime, 0);
        long allocated = Math.max(ownAllocatedBytes(), allocatedSince);
        // A reader may have read the clock later than we did; never step back behind it.
        long reading = Math.max(ownCpuNanos(), since);
        long after = wall();
        int slot = ownSlot(before);
        fill(slot, to, reading, allocated, after);
        if (!publish(before, slot)) {
            return false;
        }
        Stretch others = pending == 0 ? null : stretch;
        if (adaptive) {
            Sampling chance = sampling();
            charge(account, others, length, chance.half(after - wall), reading - since);
            if (pending == 0 && length > 0 && length <= LONG_NANOS) {
                chance.measure(before, account, reading - since, length, after - wall);
            }
            chance.read(state(before, slot), to, after - wall);
        } else {
            account.chargeCpu(reading - since);
        }
        chargeAllocated(account, moved, allocatedSince, allocated);
        return true;
    }

    /** Owner: charges what was used up to now; the thread goes on for the same account. */
    public final void settleOwn() {
        for (long before = state; before >= 0; before = state) {
            Slot from = published(before);
            if (read(before, from, from.account, wall())) {
                return;
            }
        }
    }

    /** Owner: charges what was allocated up to now: 15 ns, where the CPU clock costs a system call. */
    public final void settleOwnAllocated() {
        for (long before = state; before >= 0; before = state) {
            Slot from = published(before);
            Account account = from.account;
            long since = from.allocatedBytes;
            MovedAway moved = from.moved;
            long now = ownAllocatedBytes();
            if (now <= since) {
                return;
            }
            int slot = ownSlot(before);
            fill(slot, account, from.cpuNanos, now, from.sinceNanoTime).pending = from.pending;
            if (publish(before, slot)) {
                chargeAllocated(account, moved, since, now);
                return;
            }
        }
    }

    /** Reader: charges the CPU time used up to now. */
    public final void settle() {
        if (state < 0) {
            return;
        }
        long now = cpuNanos();
        for (long before = state; before >= 0; before = state) {
            Slot from = published(before);
            Account account = from.account;
            long since = from.cpuNanos;
            if (now <= since) {
                return;
            }
            Stretch pending = copy(from.pending);
            long wall = wall();
            long length = Math.max(wall - from.sinceNanoTime, 0);
            if (publishFromOutside(before, account, now, from.allocatedBytes, from.moved, wall)) {
                charge(account, pending, length, 0, now - since);
                return;
            }
        }
    }

    /**
     * Mover: from now on the thread works for what {@code next} says. It is asked again after each
     * lost race with the owner, who may have entered or closed a scope meanwhile.
     */
    public final void moveTo(Target next) {
        move(next, CLOSED, 0);
    }

    /**
     * Mover: as {@link #moveTo}, for a thread that may rest, with both clocks settled; does nothing if
     * it runs. A thread whose CPU clock stands still around a reading of its allocated bytes has not
     * allocated meanwhile, so this one reading from outside is exact. (For that the clock must be as
     * fine as Linux's.)
     */
    public final void moveResting(Target next) {
        long before = state;
        if (before < 0 || published(before).account == next.account()) {
            return;
        }
        long cpu = cpuNanos();
        long allocated = allocatedBytes();
        if (cpu >= 0 && cpuNanos() == cpu && state == before) {
            move(next, before, allocated);
        }
    }

    /**
     * @param resting the state in which the thread was seen to rest
     * @param restingBytes what it had allocated then
     */
    private void move(Target next, long resting, long restingBytes) {
        moving = true;
        try {
            for (long before = state; before >= 0; before = state) {
                Slot from = published(before);
                Account target = next.account();
                if (from.account == target
                        ? confirm(before)
                        : move(before, from, target, before == resting ? restingBytes : NONE)) {
                    return;
                }
            }
        } finally {
            moving = false;
        }
    }

    private boolean move(long before, Slot from, Account target, long restingBytes) {
        Account account = from.account;
        long since = from.cpuNanos;
        long allocatedSince = from.allocatedBytes;
        Stretch pending = copy(from.pending);
        MovedAway moved = from.moved;
        long allocated = allocatedSince;
        if (restingBytes >= 0 && moved == null) {
            allocated = Math.max(restingBytes, allocatedSince);
        } else {
            moved = MovedAway.after(moved, account, allocatedBytes());
        }
        long reading = Math.max(cpuNanos(), since);
        long wall = wall();
        long length = Math.max(wall - from.sinceNanoTime, 0);
        if (!publishFromOutside(before, target, reading, allocated, moved, wall)) {
            return false;
        }
        charge(account, pending, length, 0, reading - since);
        account.chargeAllocated(allocated - allocatedSince);
        return true;
    }

    /**
     * Says that the thread works where it did, so that whoever asked before and got another answer
     * fails at the compare-and-set, and asks again.
     */
    private boolean confirm(long before) {
        return STATE.compareAndSet(this, before, before + SLOTS);
    }

    /**
     * Owner, at the thread's end: charges everything up to now, and nothing after. Idempotent.
     *
     * @return whether this call closed it
     */
    public final boolean close() {
        for (long before = state; before >= 0; before = state) {
            Slot from = published(before);
            Account account = from.account;
            long since = from.cpuNanos;
            long allocatedSince = from.allocatedBytes;
            MovedAway moved = from.moved;
            int pending = from.pending;
            long length = Math.max(wall() - from.sinceNanoTime, 0);
            long allocated = Math.max(ownAllocatedBytes(), allocatedSince);
            long reading = Math.max(ownCpuNanos(), since);
            int slot = ownSlot(before);
            fill(slot, account, reading, allocated, 0);
            if (STATE.compareAndSet(this, before, CLOSED | slot)) {
                charge(account, pending == 0 ? null : stretch, length, 0, reading - since);
                chargeAllocated(account, moved, allocatedSince, allocated);
                return true;
            }
        }
        return false;
    }

    /** For a thread that the JVM could not start: nothing was used, and nothing will be. */
    public final void abandon() {
        long before = state;
        if (before >= 0) {
            state = CLOSED | slot(before);
        }
    }

    /** CPU nanoseconds charged for this thread so far, to whatever account. */
    public final long chargedCpuNanos() {
        for (long now = state; ; now = state) {
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
        for (long now = state; ; now = state) {
            long reading = published(now).allocatedBytes;
            if (isStill(now)) {
                return reading;
            }
        }
    }

    /** Reader: the account this thread works for, as of about now, or null once closed. */
    public final @Nullable Account account() {
        for (long now = state; now >= 0; now = state) {
            Account account = published(now).account;
            if (isStill(now)) {
                return account;
            }
        }
        return null;
    }

    /** That what was read of the slot was read while it was published. A mere look may come early. */
    private boolean isStill(long now) {
        return now < 0 || STATE.compareAndSet(this, now, now);
    }

    /**
     * Reader: an estimate of the bytes allocated since the owner's last reading. A
     * reading that goes back, or forward by more than {@code bound}, is none.
     *
     * @return at least 0
     */
    public final long runningAllocatedBytes(long bound) {
        long since = lastAllocatedBytes();
        long running = smallerAllocatedBytes() - since;
        return running < 0 || running > bound || since != lastAllocatedBytes() ? 0 : running;
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
        pending.charge(others, estimated);
        last.chargeApportioned(nanos - others);
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

    private Stretch stretch() {
        Stretch known = stretch;
        if (known == null) {
            known = new Stretch();
            stretch = known;
        }
        return known;
    }

    private Sampling sampling() {
        Sampling known = sampling;
        if (known == null) {
            known = new Sampling();
            sampling = known;
        }
        return known;
    }

    private @Nullable Stretch copy(int pending) {
        Stretch known = stretch;
        return pending == 0 || known == null ? null : known.copy();
    }

    private long firstCpuNanos() {
        return first == null ? 0 : first.cpuNanos;
    }

    private long firstAllocatedBytes() {
        return first == null ? 0 : first.allocatedBytes;
    }

    private Slot published(long now) {
        return slots[slot(now)];
    }

    /** By who has the slot: the owner, or by its claim. With it a stretch begins. */
    private Slot fill(
            int index, Account account, long cpuNanos, long allocatedBytes, long sinceNanoTime) {
        Slot slot = slots[index];
        if (slot == null) {
            slot = new Slot(account, cpuNanos, allocatedBytes, sinceNanoTime);
            slots[index] = slot;
            return slot;
        }
        slot.account = account;
        slot.cpuNanos = cpuNanos;
        slot.allocatedBytes = allocatedBytes;
        slot.sinceNanoTime = sinceNanoTime;
        slot.moved = null;
        slot.pending = 0;
        return slot;
    }

    private static int slot(long now) {
        return (int) now & (SLOTS - 1);
    }

    private static int ownSlot(long before) {
        return slot(before) == 0 ? 1 : 0;
    }

    private static long state(long before, int slot) {
        return (before & -SLOTS) + SLOTS + slot;
    }

    private boolean publish(long before, int slot) {
        return STATE.compareAndSet(this, before, state(before, slot));
    }

    /** Claims a slot for the few steps that this takes. */
    @ReservedStack
    private boolean publishFromOutside(
            long before,
            Account account,
            long cpuNanos,
            long allocatedBytes,
            @Nullable MovedAway moved,
            long sinceNanoTime) {
        int slot = claim();
        try {
            fill(slot, account, cpuNanos, allocatedBytes, sinceNanoTime).moved = moved;
            return publish(before, slot);
        } finally {
            unclaim(slot);
        }
    }

    /** One that finds all taken waits until another is through, which waits for nobody. */
    private int claim() {
        while (true) {
            int now = claimed;
            int free = Integer.lowestOneBit(~now & OUTSIDER_SLOTS & ~(1 << slot(state)));
            if (free == 0) {
                Thread.onSpinWait();
            } else if (CLAIMED.compareAndSet(this, now, now | free)) {
                int slot = Integer.numberOfTrailingZeros(free);
                // Only who has claimed a slot publishes it: one that is not published now won't be.
                if (slot(state) != slot) {
                    return slot;
                }
                unclaim(slot);
            }
        }
    }

    private void unclaim(int slot) {
        CLAIMED.getAndAdd(this, -(1 << slot));
    }

    /** Says whom a thread works for: asked by a mover, who may have to ask again. */
    public abstract static class Target {
        public abstract Account account();
    }
}
