package io.corral.runtime.container;

import io.corral.runtime.accounting.Totals;
import java.util.Arrays;
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

    /** Added to the number of pins for each that was let go, whose pins are unknown. */
    static final long LET_GO = 1L << 40;

    private static final @Nullable MembershipRef[] NONE = {};

    /** The index of this container's hierarchy. */
    private final int hierarchy;

    /** Null in the gaps, and from {@link #end} on. Written after each change, for its readers. */
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

    /** Makes room for one more, so that {@link #add} needs no memory. */
    void makeRoom() {
        @Nullable MembershipRef[] full = array;
        if (end < full.length) {
            return;
        }
        // At least a third of the new array is free: the next copy is that many additions away.
        @Nullable MembershipRef[] roomy = new @Nullable MembershipRef[size + (size >> 1) + FEW];
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

    /** Whether a thread is a member of one of these. Any thread may call, as below. */
    boolean hasMembers() {
        return pinsIfFree() == Totals.PINNED;
    }

    /** As {@link #pins}, or {@link Totals#PINNED} if a thread is pinned. */
    long pinsIfFree() {
        long pins = 0;
        for (MembershipRef ref : array) {
            if (ref != null) {
                Membership each = ref.get();
                long here = each == null ? LET_GO : each.totals().pinsIfFree();
                if (here == Totals.PINNED) {
                    return here;
                }
                pins += here;
            }
        }
        return pins;
    }

    /** How many threads were ever pinned in these; see {@link #LET_GO}. */
    long pins() {
        long pins = 0;
        for (MembershipRef ref : array) {
            if (ref != null) {
                Membership each = ref.get();
                pins += each == null ? LET_GO : each.totals().pins();
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

    /** Under {@link Trees#LOCK}: removes what was let go from all tables. */
    void removeLetGo() {
        for (MembershipRef ref : array) {
            if (ref instanceof WeakMembership weak && weak.refersTo(null)) {
                MembershipTable.remove(weak);
            }
        }
    }
}
