package io.corral.runtime.container;

import io.corral.runtime.accounting.Totals;

import org.jspecify.annotations.Nullable;

/**
 * The memberships in one container. Adding one and removing one take the same time however many
 * there are. Written under {@link Trees#LOCK}, read without it.
 *
 * <p>A removal leaves a gap, and no membership moves within an array. So a reader of the array
 * finds each membership that is there during the whole of its walk.
 */
final class Memberships {

    private static final int FEW = 2;

    private static final @Nullable Membership[] NONE = {};

    /** The index of this container's hierarchy. */
    private final int hierarchy;

    /** Null in the gaps, and from {@link #end} on. Written after each change, for its readers. */
    private volatile @Nullable Membership[] array = NONE;

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

    /** Makes room for one more, so that {@link #add} needs no memory. */
    void makeRoom() {
        @Nullable Membership[] full = array;
        if (end < full.length) {
            return;
        }
        // At least a third of the new array is free: the next copy is that many additions away.
        @Nullable Membership[] roomy = new @Nullable Membership[size + (size >> 1) + FEW];
        int length = 0;
        for (Membership each : full) {
            if (each != null) {
                each.slot(hierarchy, length);
                roomy[length++] = each;
            }
        }
        end = length;
        array = roomy;
    }

    /** After {@link #makeRoom}. */
    void add(Membership added) {
        @Nullable Membership[] room = array;
        added.slot(hierarchy, end);
        room[end++] = added;
        size++;
        array = room;
    }

    /** Needs no memory. */
    void remove(Membership removed) {
        @Nullable Membership[] all = array;
        int slot = removed.slot(hierarchy);
        Population.shrinks();
        all[slot] = null;
        if (slot == end - 1) {
            end = slot;
        }
        size--;
        array = all;
    }

    /** Whether a thread is a member of one of these. Any thread may call, as below. */
    boolean hasMembers() {
        return pinsIfFree() == Totals.PINNED;
    }

    /** How many threads were ever pinned in these, or {@link Totals#PINNED} if one is. */
    long pinsIfFree() {
        long pins = 0;
        for (Membership each : array) {
            if (each != null) {
                long here = each.totals().pinsIfFree();
                if (here == Totals.PINNED) {
                    return here;
                }
                pins += here;
            }
        }
        return pins;
    }

    /** How many threads were ever pinned in these. */
    long pins() {
        long pins = 0;
        for (Membership each : array) {
            if (each != null) {
                pins += each.totals().pins();
            }
        }
        return pins;
    }

    /** Under {@link Trees#LOCK}. */
    Membership[] copy() {
        Membership[] copy = new Membership[size];
        int length = 0;
        for (Membership each : array) {
            if (each != null) {
                copy[length++] = each;
            }
        }
        return copy;
    }
}
