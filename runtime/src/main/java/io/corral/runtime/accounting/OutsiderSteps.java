package io.corral.runtime.accounting;

import static io.corral.runtime.accounting.Publication.isOpen;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.jdk.ThreadAccess;
import org.jspecify.annotations.Nullable;

/** The steps of readers and movers on a {@link Meter}; see there for the guarantees. */
final class OutsiderSteps {

    /** A value that no open meter has as its state. */
    private static final long NO_STATE = -1;

    private static final long UNKNOWN = -1;

    private OutsiderSteps() {}

    /** Reader: charges the CPU time used up to now. */
    @ReservedStack
    static void settle(Meter meter) {
        Publication publication = meter.publication;
        if (!isOpen(publication.state())) {
            return;
        }
        long now = meter.cpuNanos();
        if (now < 0) {
            return;
        }
        for (long before = publication.state(); isOpen(before); before = publication.state()) {
            long since = publication.cpuNanos(before);
            if (now <= since ? publication.isUnchanged(before) : settle(meter, before, now)) {
                return;
            }
        }
    }

    private static boolean settle(Meter meter, long before, long now) {
        Publication publication = meter.publication;
        return publish(
                meter,
                before,
                publication.account(before),
                now,
                publication.allocatedBytes(before),
                publication.mark(before));
    }

    /** Mover: from now on the thread works for the account that {@code source} returns. */
    static void move(Meter meter, AccountSource source) {
        move(meter, source, NO_STATE, UNKNOWN);
    }

    /**
     * Mover: as {@link #moveResting}, for a thread that goes on for the same account.
     *
     * @param restsLong whether a runnable thread rests, too: it waits for the network, for example
     */
    static boolean settleResting(Meter meter, Thread thread, boolean restsLong) {
        Publication publication = meter.publication;
        long before = publication.state();
        if (!isOpen(before) || publication.mark(before) != null) {
            return false;
        }
        long cpu = meter.cpuNanos();
        if (!restsLong && isRunnable(thread)) {
            return false;
        }
        long allocated = meter.allocatedBytes();
        if (cpu < 0 || meter.cpuNanos() != cpu) {
            return false;
        }
        if (allocated <= publication.allocatedBytes(before)) {
            return publication.isUnchanged(before);
        }
        return publishResting(meter, before, cpu, allocated);
    }

    @ReservedStack
    private static boolean publishResting(Meter meter, long before, long cpu, long allocated) {
        Publication publication = meter.publication;
        return publish(
                meter,
                before,
                publication.account(before),
                Math.max(cpu, publication.cpuNanos(before)),
                allocated,
                null);
    }

    /**
     * Mover: does nothing if the thread is runnable or runs. If its CPU clock does not advance
     * around a reading of its allocated bytes, it has not allocated in between. (The clock must be
     * as fine as Linux's.) If the thread waits, too, that reading is exact; one that the kernel has
     * stopped where it replaces its allocation buffer has the buffer counted twice.
     */
    static void moveResting(Meter meter, AccountSource source, Thread thread) {
        Publication publication = meter.publication;
        long before = publication.state();
        if (!isOpen(before)) {
            return;
        }
        Account account = publication.account(before);
        if (source.account(account) == account) {
            return;
        }
        long cpu = meter.cpuNanos();
        if (isRunnable(thread)) {
            return;
        }
        long allocated = meter.allocatedBytes();
        // An owner that wakes and rests again in between has changed the state.
        if (cpu >= 0 && meter.cpuNanos() == cpu && publication.state() == before) {
            move(meter, source, before, allocated);
        }
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
    private static void move(Meter meter, AccountSource source, long resting, long restingBytes) {
        Publication publication = meter.publication;
        for (long before = publication.state(); isOpen(before); before = publication.state()) {
            Account account = publication.account(before);
            Account target = source.account(account);
            boolean stays = account == target || (resting == NO_STATE && isOwners(account, target));
            if (stays
                    ? publication.confirm(before)
                    : move(meter, before, target, before == resting ? restingBytes : UNKNOWN)) {
                return;
            }
        }
    }

    /**
     * Whether the way between two accounts leads into a measurement or out of it. The owner is
     * about to switch then, and knows its allocated bytes; the mover would have to estimate them. A
     * measurement that ends meanwhile makes no difference: then the two answers of {@code from}
     * differ, or {@code to} has none either.
     */
    private static boolean isOwners(Account from, Account to) {
        Account before = from.also();
        return before != to.also() && before == from.also();
    }

    @ReservedStack
    private static boolean move(Meter meter, long before, Account target, long restingBytes) {
        Publication publication = meter.publication;
        long since = publication.allocatedBytes(before);
        AllocationMark mark = publication.mark(before);
        long reading = Math.max(meter.cpuNanos(), publication.cpuNanos(before));
        boolean isExact = restingBytes >= 0 && mark == null;
        return publish(
                meter,
                before,
                target,
                reading,
                isExact ? Math.max(restingBytes, since) : since,
                isExact
                        ? null
                        : AllocationMark.after(
                                mark, publication.account(before), meter.allocatedBytes()));
    }

    /**
     * Publishes a reading in place of {@code before}, and charges the difference. Before that is
     * charged, the thread may leave a measurement, or end.
     */
    private static boolean publish(
            Meter meter,
            long before,
            Account account,
            long cpu,
            long allocated,
            @Nullable AllocationMark mark) {
        Account last = meter.publication.account(before);
        Account measured = last.also();
        countCharge(measured, 1);
        try {
            return publish(meter, before, last, account, cpu, allocated, mark);
        } finally {
            countCharge(measured, -1);
        }
    }

    private static void countCharge(@Nullable Account measured, int by) {
        ChargeWait.OUTSIDERS.getAndAdd(by);
        if (measured != null) {
            measured.chargesFromOutside(by);
        }
    }

    private static boolean publish(
            Meter meter,
            long before,
            Account last,
            Account account,
            long cpu,
            long allocated,
            @Nullable AllocationMark mark) {
        Publication publication = meter.publication;
        long cpuSince = publication.cpuNanos(before);
        long allocatedSince = publication.allocatedBytes(before);
        UnchargedStays pending = meter.pending(before);
        UnchargedStays copy = pending == null ? null : pending.copy();
        long wall = meter.wall();
        if (!publication.publishFromOutside(before, account, cpu, allocated, mark)) {
            return false;
        }
        try {
            UnchargedStays.charge(last, copy, wall, cpu - cpuSince);
            last.chargeAllocated(allocated - allocatedSince);
        } finally {
            publication.endChargeFromOutside();
        }
        return true;
    }
}
