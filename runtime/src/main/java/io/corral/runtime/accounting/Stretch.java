package io.corral.runtime.accounting;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The short residencies between two readings: for whom, and what each may have used. The owner writes;
 * who settles from outside takes a copy, which may hold a residency that the owner is about to add. That
 * moves an estimate of at most {@link Meter#LONG_NANOS} within the stretch, and no sum.
 */
final class Stretch {

    private static final int ROOM = 4;
    private static final int MOST = 64;

    /** Threads go to and fro between few accounts: one among the latest so many is not entered again. */
    private static final int LOOK_BACK = 4;

    private @Nullable Account[] accounts;
    private int[] estimates;
    private int size;

    Stretch() {
        this(new Account[ROOM], new int[ROOM], 0);
    }

    private Stretch(@Nullable Account[] accounts, int[] estimates, int size) {
        this.accounts = accounts;
        this.estimates = estimates;
        this.size = size;
    }

    /**
     * Owner.
     *
     * @param first whether what is in here was charged already
     * @return false if there is no room: a reading is due
     */
    boolean add(boolean first, Account account, int nanos) {
        int end = first ? 0 : size;
        int known = latest(account, end);
        if (known >= 0) {
            estimates[known] += nanos;
            return true;
        }
        if (end == accounts.length && !grow()) {
            return false;
        }
        accounts[end] = account;
        estimates[end] = nanos;
        size = end + 1;
        return true;
    }

    /** Owner: what was added last was not published. */
    void takeBack(Account account, int nanos) {
        int known = latest(account, size);
        if (known >= 0) {
            estimates[known] -= nanos;
        }
    }

    /** Where among the latest up to {@code end} an account is, or -1. */
    private int latest(Account account, int end) {
        int i = end - 1;
        for (int oldest = Math.max(0, end - LOOK_BACK); i >= oldest; i--) {
            if (accounts[i] == account) {
                return i;
            }
        }
        return -1;
    }

    /** Seldom, and never again for one meter once it is large. */
    private boolean grow() {
        if (accounts.length >= MOST) {
            return false;
        }
        try {
            @Nullable Account[] more = Arrays.copyOf(accounts, accounts.length * 4);
            estimates = Arrays.copyOf(estimates, more.length);
            accounts = more;
            return true;
        } catch (OutOfMemoryError exhausted) {
            return false;
        }
    }

    /** Outsider, before its compare-and-set: if that succeeds the owner has not cleared this meanwhile. */
    Stretch copy() {
        @Nullable Account[] entered = accounts;
        int[] estimated = estimates;
        int count = Math.min(size, Math.min(entered.length, estimated.length));
        return new Stretch(Arrays.copyOf(entered, count), Arrays.copyOf(estimated, count), count);
    }

    /**
     * Who has won the stretch: what all have used together, as far as estimates go. (A copy may have been
     * taken while the owner was adding, and lack an account.)
     */
    long estimate() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += accounts[i] == null ? 0 : estimates[i];
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
            Account account = accounts[i];
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
            if (accounts[i] == account) {
                sum += estimates[i];
                accounts[i] = null;
            }
        }
        return sum;
    }
}
