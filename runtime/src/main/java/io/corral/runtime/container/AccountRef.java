package io.corral.runtime.container;

import io.corral.runtime.accounting.Account;

import org.jspecify.annotations.Nullable;

/** A reference to an account, in the {@link AccountList} of each of its containers. */
public interface AccountRef {

    /** The account; null after it was collected. */
    @Nullable Account get();

    /**
     * Under {@link Trees#LOCK}: the index of this reference in each list, by the index of the
     * hierarchy.
     */
    int[] slots();

    /** See {@link #slots()}. */
    void slots(int[] slots);
}
