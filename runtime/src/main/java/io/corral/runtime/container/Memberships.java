package io.corral.runtime.container;

import io.corral.runtime.accounting.AccountTotals;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The memberships in one container. To add or remove one takes constant time. Written under
 * {@link Trees#LOCK}, read without it.
 *
 * <p>A removal leaves a gap, and no membership moves within an array. So a reader that walks
 * through the array finds each membership that is in it during the whole walk.
 */
final class Memberships {

    private static final int MIN_FREE = 2;

    /** Added to the number of pins for each collected membership, since its pins are unknown. */
    static final long COLLECTED = 1L << 40;

    private static final @Nullable MembershipRef[] NONE = {};

    /** The index of this container's hierarchy. */
    private final int hierarchy;

    /**
     * The elements are null in the gaps, and from {@link #end} on. The field is written after each
     * change, so that readers see it.
     */
    private volatile @Nullable MembershipRef[] array = NONE;

    /** The index after the last membership. */
    private int end;

    /** The number of memberships. */
    private int size;

    Memberships(int hierarchy) {
        this.hierarchy = hierarchy;
    }

    /** Under {@link Trees#LOCK}. */
    int size() {
        return size;
    }

    /** Makes room for one more membership, so that {@link #add} needs no memory. */
    void makeRoom() {
        @Nullable MembershipRef[] full = array;
        if (end < full.length) {
            return;
        }
        // At least a third of the new array is free: the next copy is that many additions away.
        @Nullable
        MembershipRef[] roomy = new @Nullable MembershipRef[size + (size >> 1) + MIN_FREE];
        int length = 0;
        for (MembershipRef each : full) {
            if (each != null) {
                each.slots()[hierarchy] = length;
                roomy[length++] = each;
            }
        }
        end = length;
        array = roomy;
    }

    /** After {@link #makeRoom}. */
    void add(MembershipRef added) {
        @Nullable MembershipRef[] room = array;
        added.slots()[hierarchy] = end;
        room[end++] = added;
        size++;
        array = room;
    }

    /** Needs no memory. */
    void remove(MembershipRef removed) {
        @Nullable MembershipRef[] all = array;
        int slot = removed.slots()[hierarchy];
        Population.shrinks();
        all[slot] = null;
        if (slot == end - 1) {
            end = slot;
        }
        size--;
        array = all;
    }

    /**
     * Whether a thread is a member of one of these. Any thread may call this and the methods below.
     */
    boolean hasMembers() {
        return pinsIfFree() == AccountTotals.PINNED;
    }

    /**
     * How many threads were ever pinned in these, see {@link #COLLECTED};
     * {@link AccountTotals#PINNED} if one is pinned now.
     */
    long pinsIfFree() {
        long pins = 0;
        for (MembershipRef ref : array) {
            if (ref != null) {
                Membership each = ref.get();
                long here = each == null ? COLLECTED : each.totals().pinsIfFree();
                if (here == AccountTotals.PINNED) {
                    return here;
                }
                pins += here;
            }
        }
        return pins;
    }

    /** Under {@link Trees#LOCK}. */
    Membership[] copy() {
        Membership[] copy = new Membership[size];
        int length = 0;
        for (MembershipRef ref : array) {
            Membership each = ref == null ? null : ref.get();
            if (each != null) {
                copy[length++] = each;
            }
        }
        return Arrays.copyOf(copy, length);
    }

    /** Under {@link Trees#LOCK}: removes collected memberships from all tables. */
    void removeCollected() {
        for (MembershipRef ref : array) {
            if (ref instanceof WeakMembership weak && weak.refersTo(null)) {
                MembershipTable.remove(weak);
            }
        }
    }
}
