package io.corral.runtime.container;

import java.util.Arrays;
import java.util.Set;

/**
 * The memberships in one container at one time. Those of a later time follow them in the same
 * array, so that adding one does not copy the others. Made under {@link Trees#LOCK}, read without
 * it.
 */
public final class Memberships {

    static final Memberships NONE = of();

    private final Membership[] array;

    /** Elements from here on belong to a later time, or to one that was not published. */
    private final int size;

    private Memberships(Membership[] array, int size) {
        this.array = array;
        this.size = size;
    }

    /** @param memberships not used by the caller afterwards */
    static Memberships of(Membership... memberships) {
        return new Memberships(memberships, memberships.length);
    }

    public int size() {
        return size;
    }

    public Membership get(int index) {
        return array[index];
    }

    /** These memberships and {@code added}. These must be the latest that were published. */
    Memberships with(Membership added) {
        Membership[] room =
                size < array.length ? array : Arrays.copyOf(array, size + (size >> 1) + 1);
        room[size] = added;
        return new Memberships(room, size + 1);
    }

    /** The memberships without {@code some}, in a new array. */
    Memberships without(Set<Membership> some) {
        Membership[] rest = new Membership[size];
        int length = 0;
        for (int i = 0; i < size; i++) {
            if (!some.contains(array[i])) {
                rest[length++] = array[i];
            }
        }
        return of(Arrays.copyOf(rest, length));
    }
}
