package io.corral.runtime.container;

import java.util.Arrays;
import java.util.Set;

/**
 * Some memberships, at one time: those of a later time are behind them in the same array. So one more takes no copy, of which a
 * hierarchy's root would have a hundred thousand to make for as many. Made under {@link Trees#LOCK}, read without it.
 */
public final class Memberships {

    static final Memberships NONE = of();

    private final Membership[] array;

    /** What is behind it is of another time, or of one that did not come. */
    private final int size;

    private Memberships(Membership[] array, int size) {
        this.array = array;
        this.size = size;
    }

    /** @param memberships the caller's no more */
    static Memberships of(Membership... memberships) {
        return new Memberships(memberships, memberships.length);
    }

    public int size() {
        return size;
    }

    public Membership get(int index) {
        return array[index];
    }

    /** One more. These must be the last that were published. */
    Memberships with(Membership added) {
        Membership[] room =
                size < array.length ? array : Arrays.copyOf(array, size + (size >> 1) + 1);
        room[size] = added;
        return new Memberships(room, size + 1);
    }

    /** The rest, in an array of its own. */
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
