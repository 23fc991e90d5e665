package io.corral.runtime.accounting;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Short residencies between two readings, in their order: for whom, and what each may have used. The
 * owner appends; an entry that is published is not overwritten before the next reading.
 */
final class Stretch {

    /** A reading is due at the latest after so many. */
    static final int CAPACITY = 64;

    private final @Nullable Account[] accounts;
    private final int[] estimates;

    Stretch() {
        this(new Account[CAPACITY], new int[CAPACITY]);
    }

    private Stretch(@Nullable Account[] accounts, int[] estimates) {
        this.accounts = accounts;
        this.estimates = estimates;
    }

    void put(int index, Account account, int estimate) {
        accounts[index] = account;
        estimates[index] = estimate;
    }

    /** For who is not the owner, and may be overtaken by it: to be taken before the compare-and-set. */
    Stretch copy(int count) {
        return new Stretch(Arrays.copyOf(accounts, count), Arrays.copyOf(estimates, count));
    }

    long estimate(int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += estimates[i];
        }
        return sum;
    }

    /** Charges {@code nanos} in all, to each as much as its estimate says; empties the entries. */
    void charge(int count, long nanos, long estimated) {
        long charged = 0;
        long estimatedSoFar = 0;
        for (int i = 0; i < count; i++) {
            Account account = accounts[i];
            if (account != null) {
                estimatedSoFar += take(account, i, count);
                // Of sums, so that no rounding is lost.
                long upToHere = share(nanos, estimatedSoFar, estimated);
                account.chargeApportioned(upToHere - charged);
                charged = upToHere;
            }
        }
    }

    static long share(long nanos, long part, long whole) {
        return part >= whole ? nanos : (long) (nanos * ((double) part / whole));
    }

    /** Of all entries of one account at once. */
    private long take(Account account, int from, int count) {
        long sum = 0;
        for (int i = from; i < count; i++) {
            if (accounts[i] == account) {
                sum += estimates[i];
                accounts[i] = null;
            }
        }
        return sum;
    }
}
