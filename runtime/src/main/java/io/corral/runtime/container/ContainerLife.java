package io.corral.runtime.container;

/**
 * Whether a container is there, and who is in it: {@link Removal} removes it once they have left. (Public, as its methods are
 * the container's, which an application may find by reflection.)
 */
public abstract class ContainerLife {

    enum State {
        LIVE,
        /** Marked; members are being counted. Ends within that sum, as one of the others. */
        REMOVING,
        REMOVED
    }

    /** Written by {@link Removal} under {@link Trees#LOCK}, read by hooks without it. */
    volatile State state = State.LIVE;

    /** Those with this container in their tuple. Replaced under {@link Trees#LOCK}, read without it. */
    private volatile Memberships memberships = Memberships.NONE;

    ContainerLife() {}

    public final Memberships memberships() {
        return memberships;
    }

    /** Under {@link Trees#LOCK}. */
    public final void memberships(Memberships memberships) {
        this.memberships = memberships;
    }

    /** Of its own; its children may have some. */
    public final boolean hasMembers() {
        Memberships all = memberships;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).hasMembers()) {
                return true;
            }
        }
        return false;
    }

    public final boolean isRemoved() {
        return state == State.REMOVED;
    }

    final boolean isRemovedOrSpin() {
        State now = state;
        while (now == State.REMOVING) {
            Thread.onSpinWait();
            now = state;
        }
        return now == State.REMOVED;
    }

    /**
     * @param what can't be done if it is not
     * @throws ContainerRemovedException if it was removed
     */
    public final void checkLive(String what) {
        if (isRemoved()) {
            throw new ContainerRemovedException(
                    "can't " + what + " container " + this + ": it was removed");
        }
    }
}
