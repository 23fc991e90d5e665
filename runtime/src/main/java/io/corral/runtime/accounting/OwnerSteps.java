package io.corral.runtime.accounting;

import static io.corral.runtime.accounting.Publication.SAMPLED;
import static io.corral.runtime.accounting.Publication.SETTLED_OUTSIDE;
import static io.corral.runtime.accounting.Publication.WITHOUT_READING;
import static io.corral.runtime.accounting.Publication.WITH_READING;
import static io.corral.runtime.accounting.Publication.begin;
import static io.corral.runtime.accounting.Publication.isOpen;
import static io.corral.runtime.accounting.Publication.version;

import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.ReservedStack;
import org.jspecify.annotations.Nullable;

/** The steps of the owner of a {@link Meter}: switch, settle and close. See there for the rules. */
final class OwnerSteps {

    /**
     * Switches until a thread gets a {@link UnchargedStays}. Until then each one reads the clock.
     */
    private static final int EXACT_SWITCHES = 32;

    private OwnerSteps() {}

    /**
     * Makes the thread work for the account that {@code source} returns. If that is the same as
     * before, a compare-and-set confirms it. So a mover that asked the source before the owner's
     * change cannot publish after it: its compare-and-set fails, and it asks again.
     */
    static void follow(Meter meter, AccountSource source) {
        Publication publication = meter.publication;
        for (long before = publication.state(); isOpen(before); before = publication.state()) {
            Account from = publication.account(before);
            Account to = source.account(from);
            if (from == to
                    ? publication.confirm(before)
                    : meter.adaptive
                            ? leave(meter, before, from, to)
                            : read(meter, before, to, 0)) {
                return;
            }
        }
    }

    private static boolean leave(Meter meter, long before, Account from, Account to) {
        boolean isMeasured = from.isMeasured() || to.isMeasured();
        return isMeasured ? read(meter, before, to, meter.nanoTime()) : leave(meter, before, to);
    }

    /** Ends a residency, without a reading if it was short and is not to be sampled. */
    @DontInline
    @ReservedStack
    private static boolean leave(Meter meter, long before, Account to) {
        Publication publication = meter.publication;
        long wall = meter.nanoTime();
        UnchargedStays pending = meter.stretch;
        // If an outsider has settled during the residency, its length does not correspond to its
        // CPU time.
        if (pending == null || begin(before) == SETTLED_OUTSIDE) {
            return read(meter, before, to, wall);
        }
        long began = pending.sinceNanoTime;
        long length = pending.length(wall);
        boolean isDue = pending.sampling.isReadingDue(begin(before) == SAMPLED);
        if (isDue || length > Meter.LONG_NANOS) {
            return read(meter, before, to, wall);
        }
        Account account = publication.account(before);
        long cpu = publication.cpuNanos(before);
        long allocatedSince = publication.allocatedBytes(before);
        AllocationMark mark = publication.mark(before);
        boolean isFirst = begin(before) != WITHOUT_READING;
        int estimate = pending.estimate(account, length, isFirst);
        if (!pending.add(isFirst, account, estimate)) {
            return read(meter, before, to, wall);
        }
        pending.sinceNanoTime = wall;
        long allocated = Math.max(meter.ownAllocatedBytes(), allocatedSince);
        if (!publication.publish(before, WITHOUT_READING, to, cpu, allocated)) {
            pending.sinceNanoTime = began;
            pending.takeBack(account, estimate);
            return false;
        }
        try {
            chargeAllocated(account, mark, allocatedSince, allocated);
        } finally {
            publication.endCharge();
        }
        return true;
    }

    /** Ends a residency with a reading of both clocks, begun at {@code wall}. */
    @DontInline
    @ReservedStack
    private static boolean read(Meter meter, long before, Account to, long wall) {
        Publication publication = meter.publication;
        Account account = publication.account(before);
        long since = publication.cpuNanos(before);
        long allocatedSince = publication.allocatedBytes(before);
        AllocationMark mark = publication.mark(before);
        long allocated = Math.max(meter.ownAllocatedBytes(), allocatedSince);
        // A reader may have read the clock later than this thread did.
        long reading = Math.max(meter.ownCpuNanos(), since);
        long after = meter.wall();
        long took = after - wall;
        UnchargedStays pending = meter.stretch;
        boolean isSampled =
                pending != null && !to.isMeasured() && pending.sampling.chooses(to, took);
        int begin = isSampled ? SAMPLED : WITH_READING;
        if (!publication.publish(before, begin, to, reading, allocated)) {
            return false;
        }
        try {
            chargeAllocated(account, mark, allocatedSince, allocated);
            if (pending == null) {
                account.chargeCpu(reading - since);
            } else {
                pending.chargeReading(account, begin(before), reading - since, wall, took);
            }
        } finally {
            publication.endCharge();
        }
        if (pending != null) {
            pending.begin(after, took, meter.seed() ^ version(before));
        } else if (meter.adaptive && version(before) >= EXACT_SWITCHES) {
            meter.stretch = newStretch(after);
        }
        return true;
    }

    /** Returns null if there is no memory for it: the clock is read then. */
    private static @Nullable UnchargedStays newStretch(long nanoTime) {
        try {
            return new UnchargedStays(nanoTime);
        } catch (OutOfMemoryError exhausted) {
            return null;
        }
    }

    /** Charges what was used up to now. The thread goes on for the same account. */
    static void settle(Meter meter) {
        Publication publication = meter.publication;
        for (long before = publication.state(); isOpen(before); before = publication.state()) {
            if (read(meter, before, publication.account(before), meter.wall())) {
                return;
            }
        }
    }

    static void settleIfMeasured(Meter meter) {
        long now = meter.publication.state();
        if (isOpen(now) && meter.publication.account(now).isMeasured()) {
            settle(meter);
        }
    }

    /** Charges everything up to now, and nothing after. */
    @ReservedStack
    static boolean close(Meter meter) {
        Publication publication = meter.publication;
        for (long before = publication.state(); isOpen(before); before = publication.state()) {
            Account account = publication.account(before);
            long since = publication.cpuNanos(before);
            long allocatedSince = publication.allocatedBytes(before);
            AllocationMark mark = publication.mark(before);
            long wall = meter.wall();
            long allocated = Math.max(meter.ownAllocatedBytes(), allocatedSince);
            long reading = Math.max(meter.ownCpuNanos(), since);
            if (publication.close(before, account, reading, allocated)) {
                try {
                    UnchargedStays.charge(account, meter.pending(before), wall, reading - since);
                    chargeAllocated(account, mark, allocatedSince, allocated);
                } finally {
                    publication.endCharge();
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
}
