package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The accounting state of one platform thread: whom it works for, and its clocks at the last reading.
 *
 * <p>Three may settle: the <em>owner</em> (the thread itself, or what is mounted on it), <em>readers</em>
 * (any number), and one <em>mover</em> at a time (who attaches the thread elsewhere, under the lock of
 * attaches).
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>The CPU clock never falls, whoever reads it. (A fall is taken for no progress.)
 *   <li>Only the owner calls the methods marked so; movers exclude one another.
 *   <li>No thread sleeps through 16 switches that all read the same CPU time, between its reading of
 *       {@link #last} and its compare-and-set.
 *   <li>A thread uses less than 2^57 ns of CPU time: four and a half years.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Conservation: what was charged for CPU is the last reading less the first, always and
 *       exactly; each stretch between two readings is charged once, to one account.
 *   <li>A stretch is charged to the account the thread worked for during all of it.
 *   <li>Nobody waits: an owner's attempt fails only if another's has succeeded.
 *   <li>After {@link #close} nothing is charged.
 *   <li>Allocated bytes are charged by owner's readings only, and by a mover's of a thread that rests,
 *       so their sum is exact; where a mover switched a running thread, the split between two of these
 *       is an estimate.
 * </ol>
 *
 * <p>How: {@link #last} holds the reading and the number of the slot in which the account stands. Who
 * settles wins or loses the stretch by compare-and-set. Owner and mover have two slots each, and write
 * the one of their own that is not current before they publish it. So a slot is never written while
 * it is current, and who reads a slot that was overwritten meanwhile fails at the compare-and-set.
 */
public final class Meter {

    private static final long CLOSED = -1;

    private static final int SLOT_BITS = 2;
    private static final int SEQUENCE_BITS = 4;
    private static final int SHIFT = SLOT_BITS + SEQUENCE_BITS;
    private static final long SLOT_MASK = (1 << SLOT_BITS) - 1;
    private static final long LOW_MASK = (1 << SHIFT) - 1;
    private static final int OWNER_SLOTS = 0;
    private static final int MOVER_SLOTS = 2;

    /** Moves remembered between two of the owner's readings; the split of later ones is coarser. */
    private static final int MAX_MOVES = 64;

    private final ThreadClock clock;
    private final long firstCpuNanos;
    private final long firstAllocatedBytes;

    /** Reading, sequence, slot; {@link #CLOSED} at the end. */
    private final AtomicLong last;

    /** Whether a mover is between its question and its answer. Written by the mover, read by the owner. */
    private volatile boolean moving;

    /** The last reading of all. Written before {@link #last} says closed, read after. */
    private long closedAtCpuNanos;

    /** Written as the class comment says, read after {@link #last}. */
    private final Account[] slots = new Account[4];

    /** The owner's last reading, or the mover's of a thread that rests. */
    private final AtomicLong lastAllocatedBytes;

    /** Where movers switched since the owner's last reading, newest first. */
    private final AtomicReference<@Nullable MovedAway> moves = new AtomicReference<>();

    /** For a thread whose clocks stood at these values when it came under Corral's eyes. */
    public Meter(ThreadClock clock, Account account, long cpuNanos, long allocatedBytes) {
        this.clock = clock;
        this.firstCpuNanos = Math.max(cpuNanos, 0);
        this.firstAllocatedBytes = Math.max(allocatedBytes, 0);
        this.last = new AtomicLong(firstCpuNanos << SHIFT);
        this.lastAllocatedBytes = new AtomicLong(firstAllocatedBytes);
        this.slots[0] = account;
    }

    /**
     * Owner: from now on the thread works for what {@code next} says. Reads no clock if it did so
     * already. The target is asked after {@link #last} was read, so that a mover who has changed its
     * answer since makes the compare-and-set fail.
     */
    public void switchTo(Target next) {
        for (long before = last.get(); before != CLOSED; before = last.get()) {
            if (slots[slot(before)] != next.account()) {
                settleAllocated(slots[slot(before)]);
                switchCpu(clock.ownCpuNanos(), next);
                return;
            }
            if (moving ? confirm(before) : last.get() == before) {
                return;
            }
        }
    }

    private void switchCpu(long now, Target next) {
        for (long before = last.get(); before != CLOSED; before = last.get()) {
            Account from = slots[slot(before)];
            // A reader may have read the clock later than we did; never step back behind it.
            long reading = Math.max(now, reading(before));
            int slot = freeSlot(before, OWNER_SLOTS);
            slots[slot] = next.account();
            if (last.compareAndSet(before, pack(reading, before, slot))) {
                from.chargeCpu(reading - reading(before));
                return;
            }
        }
    }

    /** Owner: charges what was used up to now; the thread goes on for the same account. */
    public void settleOwn() {
        long before = last.get();
        if (before != CLOSED) {
            settleAllocated(slots[slot(before)]);
            settleCpu(clock.ownCpuNanos());
        }
    }

    /** Owner: charges what was allocated up to now: 15 ns, where the CPU clock costs a system call. */
    public void settleOwnAllocated() {
        long before = last.get();
        if (before != CLOSED) {
            settleAllocated(slots[slot(before)]);
        }
    }

    /** Reader: charges the CPU time used up to now. */
    public void settle() {
        if (last.get() != CLOSED) {
            settleCpu(clock.cpuNanos());
        }
    }

    private void settleCpu(long now) {
        for (long before = last.get();
                before != CLOSED && now > reading(before);
                before = last.get()) {
            Account account = slots[slot(before)];
            if (last.compareAndSet(before, (now << SHIFT) | (before & LOW_MASK))) {
                account.chargeCpu(now - reading(before));
                return;
            }
        }
    }

    /**
     * Mover: from now on the thread works for what {@code next} says. It is asked again after each
     * lost race with the owner, who may have entered or closed a scope meanwhile.
     */
    public void moveTo(Target next) {
        moving = true;
        try {
            move(next);
        } finally {
            moving = false;
        }
    }

    private void move(Target next) {
        for (long before = last.get(); before != CLOSED; before = last.get()) {
            Account from = slots[slot(before)];
            Account to = next.account();
            if (from == to) {
                if (confirm(before)) {
                    return;
                }
                continue;
            }
            long reading = Math.max(clock.cpuNanos(), reading(before));
            // Announced before the switch, so that the owner can't miss it; if the switch then
            // fails,
            // what it says is still true: at that many bytes the thread worked for that account.
            long allocated = clock.allocatedBytes();
            announce(from, allocated);
            int slot = freeSlot(before, MOVER_SLOTS);
            slots[slot] = to;
            if (last.compareAndSet(before, pack(reading, before, slot))) {
                from.chargeCpu(reading - reading(before));
                return;
            }
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
        long before = last.get();
        if (before == CLOSED || slots[slot(before)] == next.account()) {
            return;
        }
        long cpu = clock.cpuNanos();
        long allocated = clock.allocatedBytes();
        if (cpu < 0 || clock.cpuNanos() != cpu || last.get() != before) {
            return;
        }
        if (allocated > allocatedBefore
                && moves.get() == null
                && lastAllocatedBytes.compareAndSet(allocatedBefore, allocated)) {
            slots[slot(before)].chargeAllocated(allocated - allocatedBefore);
        }
        moveTo(next);
    }

    /**
     * Says that the thread works where it did, so that whoever asked before and got another answer
     * fails at the compare-and-set, and asks again.
     */
    private boolean confirm(long before) {
        return last.compareAndSet(before, pack(reading(before), before, slot(before)));
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
        long before = last.get();
        if (before == CLOSED) {
            return false;
        }
        settleAllocated(slots[slot(before)]);
        long now = clock.ownCpuNanos();
        for (; before != CLOSED; before = last.get()) {
            Account account = slots[slot(before)];
            long reading = Math.max(now, reading(before));
            closedAtCpuNanos = reading;
            if (last.compareAndSet(before, CLOSED)) {
                account.chargeCpu(reading - reading(before));
                return true;
            }
        }
        return false;
    }

    /** For a thread that the JVM could not start: nothing was used, and nothing will be. */
    public void abandon() {
        closedAtCpuNanos = firstCpuNanos;
        last.set(CLOSED);
    }

    /** CPU nanoseconds charged for this thread so far, to whatever account. */
    public long chargedCpuNanos() {
        long now = last.get();
        return (now == CLOSED ? closedAtCpuNanos : reading(now)) - firstCpuNanos;
    }

    /** Bytes charged for this thread so far, to whatever account. */
    public long chargedAllocatedBytes() {
        return lastAllocatedBytes.get() - firstAllocatedBytes;
    }

    /** Reader: the account this thread works for, as of about now, or null once closed. */
    public @Nullable Account account() {
        long before = last.get();
        return before == CLOSED ? null : slots[slot(before)];
    }

    /**
     * Reader: an estimate of the bytes allocated since the owner's last reading. Two readings, of
     * which the smaller counts, since another thread's may be torn; one that goes back, or forward by
     * more than {@code bound}, is no reading.
     *
     * @return at least 0
     */
    public long runningAllocatedBytes(long bound) {
        long since = lastAllocatedBytes.get();
        long running = Math.min(clock.allocatedBytes(), clock.allocatedBytes()) - since;
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

    private static long reading(long packed) {
        return packed >>> SHIFT;
    }

    private static int slot(long packed) {
        return (int) (packed & SLOT_MASK);
    }

    private static int freeSlot(long packed, int mine) {
        return slot(packed) == mine ? mine + 1 : mine;
    }

    private static long pack(long reading, long before, int slot) {
        long sequence = ((before >>> SLOT_BITS) + 1) & ((1 << SEQUENCE_BITS) - 1);
        return (reading << SHIFT) | (sequence << SLOT_BITS) | slot;
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
