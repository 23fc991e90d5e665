package io.corral.runtime.container;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.AccountTotals;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of threads in one container. To add or remove one takes constant time. Written under
 * {@link Trees#LOCK}, read without it.
 *
 * <p>A removal leaves a gap, and no account moves within an array. So a reader that walks through
 * the array finds each account that is in it during the whole walk.
 */
public final class AccountList {

    private static final int MIN_FREE = 2;

    /** Added to the number of pins for each collected account, since its pins are unknown. */
    static final long COLLECTED = 1L << 40;

    private static final @Nullable AccountRef[] NONE = {};

    /**
     * The number of times that an account or a container left its tree. Written under
     * {@link Trees#LOCK}.
     */
    private static volatile long departures;

    /** The index of this container's hierarchy. */
    private final int hierarchy;

    /**
     * The elements are null in the gaps, and from {@link #end} on. The field is written after each
     * change, so that readers see it.
     */
    private volatile @Nullable AccountRef[] array = NONE;

    /** The index after the last account. */
    private int end;

    /** The number of accounts. */
    private int size;

    AccountList(int hierarchy) {
        this.hierarchy = hierarchy;
    }

    static long departures() {
        return departures;
    }

    /** Under {@link Trees#LOCK}, before an account or a container leaves its tree. */
    // Only holders of the lock write.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    static void countDeparture() {
        departures++;
    }

    /** Under {@link Trees#LOCK}. */
    int size() {
        return size;
    }

    /** Makes room for one more account, so that {@link #add} needs no memory. */
    public void makeRoom() {
        @Nullable AccountRef[] full = array;
        if (end < full.length) {
            return;
        }
        // At least a third of the new array is free: the next copy is that many additions away.
        @Nullable AccountRef[] larger = new @Nullable AccountRef[size + (size >> 1) + MIN_FREE];
        int length = 0;
        for (AccountRef each : full) {
            if (each != null) {
                each.slots()[hierarchy] = length;
                larger[length++] = each;
            }
        }
        end = length;
        array = larger;
    }

    /** After {@link #makeRoom}. */
    public void add(AccountRef added) {
        @Nullable AccountRef[] room = array;
        added.slots()[hierarchy] = end;
        room[end++] = added;
        size++;
        array = room;
    }

    /** Needs no memory. */
    public void remove(AccountRef removed) {
        @Nullable AccountRef[] all = array;
        int slot = removed.slots()[hierarchy];
        countDeparture();
        all[slot] = null;
        if (slot == end - 1) {
            end = slot;
        }
        size--;
        array = all;
    }

    /**
     * Whether a thread is a member in one of these accounts. Any thread may call this and the
     * method below.
     */
    boolean hasMembers() {
        return pinsUnlessPinned() == AccountTotals.PINNED;
    }

    /**
     * How many threads were ever pinned in these, see {@link #COLLECTED};
     * {@link AccountTotals#PINNED} if one is pinned now.
     */
    long pinsUnlessPinned() {
        long pins = 0;
        for (AccountRef ref : array) {
            if (ref != null) {
                Account each = ref.get();
                long here = each == null ? COLLECTED : each.totals().pinsUnlessPinned();
                if (here == AccountTotals.PINNED) {
                    return here;
                }
                pins += here;
            }
        }
        return pins;
    }

    /** How many threads were ever pinned in these; see {@link #COLLECTED}. */
    long pins() {
        long pins = 0;
        for (AccountRef ref : array) {
            if (ref != null) {
                Account each = ref.get();
                pins += each == null ? COLLECTED : each.totals().pins();
            }
        }
        return pins;
    }

    /** How many of {@link #pins} were unpinned; see {@link #COLLECTED}. */
    long unpins() {
        long unpins = 0;
        for (AccountRef ref : array) {
            if (ref != null) {
                Account each = ref.get();
                unpins += each == null ? COLLECTED : each.totals().unpins();
            }
        }
        return unpins;
    }

    /**
     * The CPU time that was charged to these accounts, without what their threads have not charged
     * yet. Falls when an account leaves. Any thread may call; takes no lock.
     */
    public long cpuNanos() {
        long nanos = 0;
        for (AccountRef ref : array) {
            Account each = ref == null ? null : ref.get();
            if (each != null) {
                nanos += each.totals().cpuNanos();
            }
        }
        return nanos;
    }

    /** Under {@link Trees#LOCK}: a copy without gaps. Accounts in it may have been collected. */
    public AccountRef[] copy() {
        AccountRef[] copy = new AccountRef[size];
        int length = 0;
        for (AccountRef ref : array) {
            if (ref != null) {
                copy[length++] = ref;
            }
        }
        return Arrays.copyOf(copy, length);
    }
}
