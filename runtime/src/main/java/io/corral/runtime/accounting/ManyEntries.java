package io.corral.runtime.accounting;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a {@link UnchargedStays} that do not fit into its fields. The arrays grow twice.
 */
final class ManyEntries {

    private static final int SMALL = 6;
    private static final int MEDIUM = 14;

    final @Nullable Account[] accounts;
    final int[] nanos;

    private ManyEntries(@Nullable Account[] accounts, int[] nanos) {
        this.accounts = accounts;
        this.nanos = nanos;
    }

    /** Returns the next larger one, with the entries of {@code known}. */
    static ManyEntries larger(@Nullable ManyEntries known, int largest) {
        return known == null
                ? new ManyEntries(new Account[SMALL], new int[SMALL])
                : known.copy(known.capacity() == SMALL ? MEDIUM : largest);
    }

    ManyEntries copy(int capacity) {
        return new ManyEntries(Arrays.copyOf(accounts, capacity), Arrays.copyOf(nanos, capacity));
    }

    int capacity() {
        return accounts.length;
    }
}
