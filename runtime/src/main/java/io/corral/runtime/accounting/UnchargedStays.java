package io.corral.runtime.accounting;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The short stays between two readings under {@link ClockPolicy#ADAPTIVE}: an estimate of the CPU
 * time of each, added up by account. The owner writes it. An outsider that settles takes a copy.
 *
 * <p>A copy can contain a stay that the owner is about to add, or lack its account. Then an
 * estimate of at most {@link ClockPolicy#SHORT_STAY_NANOS} is charged to another account of the
 * interval. The sum is right.
 *
 * <p>Most threads alternate between two accounts, so the first two entries are fields.
 */
final class UnchargedStays {

    private static final int INLINE = 2;
    private static final int CAPACITY = 64;

    /**
     * The number of the latest entries that are searched for an account. If it is not found, it is
     * added again.
     */
    private static final int LOOK_BACK = 4;

    final Sampling sampling;

    /** When the current stay began, by {@link System#nanoTime}. */
    long sinceNanoTime;

    private byte size;
    private @Nullable Account first;
    private @Nullable Account second;
    private int firstNanos;
    private int secondNanos;

    /** Null before there are more than two entries. */
    private @Nullable Overflow more;

    UnchargedStays(long nanoTime) {
        this(nanoTime, new Sampling());
    }

    private UnchargedStays(long nanoTime, Sampling sampling) {
        this.sinceNanoTime = nanoTime;
        this.sampling = sampling;
    }

    /** How long the current stay has lasted. */
    long length(long nanoTime) {
        return Math.max(nanoTime - sinceNanoTime, 0);
    }

    /**
     * Owner: estimates the CPU time of a stay that ends without a reading.
     *
     * @param isFirst whether it began with a reading, half of which is charged to it
     */
    int estimate(Account account, long length, boolean isFirst) {
        int estimate = account.estimate(length);
        if (estimate == CpuRatios.UNKNOWN) {
            estimate = (int) length;
            sampling.requestReading();
        }
        return isFirst ? estimate + sampling.halfReading() : estimate;
    }

    /**
     * Owner: adds a stay.
     *
     * @param isFirst whether all earlier entries are charged already
     * @return false if there is no room for it: the clock must be read
     */
    boolean add(boolean isFirst, Account account, int nanos) {
        if (isFirst) {
            clear();
        }
        int end = size;
        int known = latest(account, end);
        if (known >= 0) {
            set(known, account, nanos(known) + nanos);
            return true;
        }
        if (end >= INLINE && !hasRoom(end - INLINE)) {
            return false;
        }
        set(end, account, nanos);
        size = (byte) (end + 1);
        return true;
    }

    /** Owner: removes the stay that was added last, since it was not published. */
    void takeBack(Account account, int nanos) {
        int known = latest(account, size);
        if (known >= 0) {
            set(known, account, nanos(known) - nanos);
        }
    }

    /**
     * Owner: a reading has charged all entries, and a stay begins with it.
     *
     * @param took what the reading took, by the wall clock
     */
    void begin(long nanoTime, long took, int chance) {
        clear();
        sampling.endReading(took, chance);
        sinceNanoTime = nanoTime;
    }

    private void clear() {
        for (int i = 0; i < size; i++) {
            set(i, null, 0);
        }
        size = 0;
    }

    /** Outsider, before its compare-and-set: if that succeeds, the owner has not cleared this. */
    UnchargedStays copy() {
        UnchargedStays copy = new UnchargedStays(sinceNanoTime, sampling);
        Overflow known = more;
        copy.size = (byte) Math.min(size, known == null ? INLINE : INLINE + known.capacity());
        copy.first = first;
        copy.second = second;
        copy.firstNanos = firstNanos;
        copy.secondNanos = secondNanos;
        copy.more = known == null || copy.size <= INLINE ? null : known.copy(copy.size - INLINE);
        return copy;
    }

    /**
     * Charges an interval that ends within a stay: by an outsider, or at the thread's end.
     *
     * @param last the account of that stay
     * @param uncharged the stays before it, or null if there are none
     * @param nanoTime when it ends
     * @param cpuNanos what the thread has used in the whole interval
     */
    static void charge(
            Account last, @Nullable UnchargedStays uncharged, long nanoTime, long cpuNanos) {
        if (uncharged == null) {
            last.chargeCpu(cpuNanos);
        } else {
            uncharged.charge(last, uncharged.length(nanoTime), 0, cpuNanos);
        }
    }

    /**
     * Owner: charges an interval that ends with a stay, by a reading.
     *
     * @param beginning how that stay began
     * @param wall when the reading began
     * @param took what it took, by the wall clock
     */
    void chargeReading(Account last, int beginning, long cpuNanos, long wall, long took) {
        long length = length(wall);
        if (beginning == Publication.WITHOUT_READING) {
            charge(last, length, sampling.half(took), cpuNanos);
        } else {
            last.chargeCpu(cpuNanos);
        }
        if (beginning == Publication.SAMPLED
                && length > 0
                && length <= ClockPolicy.SHORT_STAY_NANOS) {
            sampling.measure(last, cpuNanos, length, took);
        }
    }

    /**
     * If the last stay was long, it is charged the rest. If it was short, it is estimated like the
     * others.
     */
    private void charge(Account last, long length, int halfReading, long cpuNanos) {
        long estimated = sum();
        long others = length > ClockPolicy.SHORT_STAY_NANOS
                ? cpuNanos - last.rest(cpuNanos - estimated)
                : share(cpuNanos, estimated, estimated + last.estimateOrAll(length) + halfReading);
        last.chargeApportioned(cpuNanos - chargeEntries(others, estimated));
    }

    /** The sum of all estimates. */
    long sum() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += account(i) == null ? 0 : nanos(i);
        }
        return sum;
    }

    /**
     * Charges {@code cpuNanos} to all entries, in proportion to their estimates, and clears them.
     *
     * @return the nanoseconds charged: less than {@code cpuNanos} only if there was no account
     */
    long chargeEntries(long cpuNanos, long estimated) {
        long charged = 0;
        long estimatedSoFar = 0;
        for (int i = 0; i < size; i++) {
            Account account = account(i);
            if (account != null) {
                estimatedSoFar += take(account, i);
                // A difference of cumulative shares loses no nanosecond to rounding.
                long upToHere = share(cpuNanos, estimatedSoFar, estimated);
                account.chargeApportioned(upToHere - charged);
                charged = upToHere;
            }
        }
        size = 0;
        return charged;
    }

    private static long share(long nanos, long part, long whole) {
        return part >= whole ? nanos : (long) (nanos * ((double) part / whole));
    }

    /** Removes all entries of one account, from {@code from} on, and returns their sum. */
    private long take(Account account, int from) {
        long sum = 0;
        for (int i = from; i < size; i++) {
            if (account(i) == account) {
                sum += nanos(i);
                set(i, null, 0);
            }
        }
        return sum;
    }

    /** The index of an account among the latest entries before {@code end}, or -1. */
    private int latest(Account account, int end) {
        int i = end - 1;
        for (int oldest = Math.max(0, end - LOOK_BACK); i >= oldest; i--) {
            if (account(i) == account) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable Account account(int i) {
        return i == 0 ? first : i == 1 ? second : more == null ? null : more.accounts[i - INLINE];
    }

    private int nanos(int i) {
        return i == 0
                ? firstNanos
                : i == 1 ? secondNanos : more == null ? 0 : more.nanos[i - INLINE];
    }

    /** References are written only where they change; see {@link Publication}. */
    private void set(int i, @Nullable Account account, int nanos) {
        if (i == 0) {
            if (first != account) {
                first = account;
            }
            firstNanos = nanos;
        } else if (i == 1) {
            if (second != account) {
                second = account;
            }
            secondNanos = nanos;
        } else if (more != null) {
            more.accounts[i - INLINE] = account;
            more.nanos[i - INLINE] = nanos;
        }
    }

    private boolean hasRoom(int index) {
        Overflow known = more;
        if (known != null && index < known.capacity()) {
            return true;
        }
        if (index + INLINE >= CAPACITY) {
            return false;
        }
        try {
            more = Overflow.larger(known, CAPACITY - INLINE);
            return true;
        } catch (OutOfMemoryError exhausted) {
            return false;
        }
    }

    /** The entries after the second. The arrays grow twice. */
    private static final class Overflow {

        private static final int SMALL = 6;
        private static final int MEDIUM = 14;

        final @Nullable Account[] accounts;
        final int[] nanos;

        private Overflow(@Nullable Account[] accounts, int[] nanos) {
            this.accounts = accounts;
            this.nanos = nanos;
        }

        /** Returns the next larger one, with the entries of {@code known}. */
        static Overflow larger(@Nullable Overflow known, int largest) {
            return known == null
                    ? new Overflow(new Account[SMALL], new int[SMALL])
                    : known.copy(known.capacity() == SMALL ? MEDIUM : largest);
        }

        Overflow copy(int capacity) {
            return new Overflow(Arrays.copyOf(accounts, capacity), Arrays.copyOf(nanos, capacity));
        }

        int capacity() {
            return accounts.length;
        }
    }
}
