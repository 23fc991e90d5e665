package io.corral.runtime.accounting;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The short residencies between two readings: for whom, and what each may have used. The owner writes;
 * who settles from outside takes a copy, which may hold a residency that the owner is about to add. That
 * moves an estimate of at most {@link Meter#LONG_NANOS} within the stretch, and no sum.
 *
 * <p>Threads mostly go to and fro between two accounts, which stand in fields. (What derives from {@link Sampling} is one object
 * with it.)
 */
final class Stretch extends Sampling {

    private static final int INLINE = 2;
    private static final int MOST = 64;

    /** Threads go to and fro between few accounts: one among the latest so many is not entered again. */
    private static final int LOOK_BACK = 4;

    private byte size;
    private @Nullable Account first;
    private @Nullable Account second;
    private int estimateOfFirst;
    private int estimateOfSecond;

    /** Of those behind the second; null until there is one. */
    private @Nullable More more;

    /**
     * Owner.
     *
     * @param anew whether what is in here was charged already
     * @return false if there is no room: a reading is due
     */
    boolean add(boolean anew, Account account, int nanos) {
        if (anew) {
            forget();
        }
        int end = size;
        int known = latest(account, end);
        if (known >= 0) {
            set(known, account, estimate(known) + nanos);
            return true;
        }
        if (end >= INLINE && !hasRoom(end - INLINE)) {
            return false;
        }
        set(end, account, nanos);
        size = (byte) (end + 1);
        return true;
    }

    /** Owner, when all in here is charged: lets go of what an outsider has charged, who had a copy. */
    void forget() {
        for (int i = 0; i < size; i++) {
            set(i, null, 0);
        }
        size = 0;
    }

    /** Owner: what was added last was not published. */
    void takeBack(Account account, int nanos) {
        int known = latest(account, size);
        if (known >= 0) {
            set(known, account, estimate(known) - nanos);
        }
    }

    /** Where among the latest up to {@code end} an account is, or -1. */
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
        return i == 0 ? first : i == 1 ? second : more == null ? null : more.account(i - INLINE);
    }

    private int estimate(int i) {
        return i == 0
                ? estimateOfFirst
                : i == 1 ? estimateOfSecond : more == null ? 0 : more.estimate(i - INLINE);
    }

    /** References are written where they change only: G1 has a fence behind each. */
    private void set(int i, @Nullable Account account, int nanos) {
        if (i == 0) {
            if (first != account) {
                first = account;
            }
            estimateOfFirst = nanos;
        } else if (i == 1) {
            if (second != account) {
                second = account;
            }
            estimateOfSecond = nanos;
        } else if (more != null) {
            more.set(i - INLINE, account, nanos);
        }
    }

    /** Seldom makes any, and never again for one meter once it is large. */
    private boolean hasRoom(int index) {
        More known = more;
        if (known != null && index < known.room()) {
            return true;
        }
        if (index + INLINE >= MOST) {
            return false;
        }
        try {
            more = More.after(known);
            return true;
        } catch (OutOfMemoryError exhausted) {
            return false;
        }
    }

    /** Outsider, before its compare-and-set: if that succeeds the owner has not cleared this meanwhile. */
    Stretch copy() {
        Stretch copy = new Stretch();
        More known = more;
        copy.size = (byte) Math.min(size, known == null ? INLINE : INLINE + known.room());
        copy.first = first;
        copy.second = second;
        copy.estimateOfFirst = estimateOfFirst;
        copy.estimateOfSecond = estimateOfSecond;
        copy.more = known == null || copy.size <= INLINE ? null : known.of(copy.size - INLINE);
        return copy;
    }

    /**
     * Who has won the stretch: what all have used together, as far as estimates go. (A copy may have been
     * taken while the owner was adding, and lack an account.)
     */
    long estimate() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += account(i) == null ? 0 : estimate(i);
        }
        return sum;
    }

    /**
     * Who has won the stretch: charges {@code nanos} in all, to each as much as its estimate says.
     *
     * @return what was charged: less than all where there was nobody to charge
     */
    long charge(long nanos, long estimated) {
        long charged = 0;
        long estimatedSoFar = 0;
        for (int i = 0; i < size; i++) {
            Account account = account(i);
            if (account != null) {
                estimatedSoFar += take(account, i);
                // Of sums, so that no rounding is lost.
                long upToHere = share(nanos, estimatedSoFar, estimated);
                account.chargeApportioned(upToHere - charged);
                charged = upToHere;
            }
        }
        size = 0;
        return charged;
    }

    static long share(long nanos, long part, long whole) {
        return part >= whole ? nanos : (long) (nanos * ((double) part / whole));
    }

    /** Of all entries of one account at once; lets go of it, as its container may be removed. */
    private long take(Account account, int from) {
        long sum = 0;
        for (int i = from; i < size; i++) {
            if (account(i) == account) {
                sum += estimate(i);
                set(i, null, 0);
            }
        }
        return sum;
    }

    private static final class More {

        private static final int FEW = 6;
        private static final int SOME = 14;

        private final @Nullable Account[] accounts;
        private final int[] estimates;

        private More(@Nullable Account[] accounts, int[] estimates) {
            this.accounts = accounts;
            this.estimates = estimates;
        }

        static More after(@Nullable More known) {
            if (known == null) {
                return new More(new Account[FEW], new int[FEW]);
            }
            return known.of(known.room() == FEW ? SOME : MOST - INLINE);
        }

        More of(int room) {
            return new More(Arrays.copyOf(accounts, room), Arrays.copyOf(estimates, room));
        }

        int room() {
            return accounts.length;
        }

        @Nullable Account account(int i) {
            return accounts[i];
        }

        int estimate(int i) {
            return estimates[i];
        }

        void set(int i, @Nullable Account account, int nanos) {
            accounts[i] = account;
            estimates[i] = nanos;
        }
    }
}
