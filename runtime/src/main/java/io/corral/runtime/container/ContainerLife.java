package io.corral.runtime.container;

import io.corral.runtime.accounting.MutableUsage;
import org.jspecify.annotations.Nullable;

/**
 * The life of a container, and the memberships that are in it. {@link Removal} ends it when no
 * thread is a member. The class is public, since other packages call its methods on a
 * {@link ContainerNode}.
 */
public abstract class ContainerLife {

    enum State {
        LIVE,
        /**
         * Marked for removal while members are counted. After the count the state is one of the
         * other two.
         */
        REMOVING,
        REMOVED
    }

    /** Written by {@link Removal} under {@link Trees#LOCK}, read by hooks without it. */
    volatile State state = State.LIVE;

    /** The memberships in this container. A removed container keeps them. */
    final Memberships memberships;

    /**
     * The usage of removed children, as of the last reading; null if no child was removed. It is a
     * part of the container's own sum. Under {@link Trees#LOCK}.
     */
    @Nullable
    MutableUsage removed;

    /** @param hierarchy the index of its hierarchy */
    ContainerLife(int hierarchy) {
        this.memberships = new Memberships(hierarchy);
    }

    /** Under {@link Trees#LOCK}: the memberships in this container. */
    public final Membership[] memberships() {
        return memberships.copy();
    }

    /** Whether threads are members of this container, without its children. */
    public final boolean hasMembers() {
        return memberships.hasMembers();
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
     * @param what the action that needs a live container, for the message
     * @throws ContainerRemovedException if it was removed
     */
    public final void checkLive(String what) {
        if (isRemoved()) {
            throw new ContainerRemovedException(
                    "can't " + what + " container " + this + ": it was removed");
        }
    }

    /** Under {@link Trees#LOCK}: see {@link #removed}. */
    public final @Nullable MutableUsage removedSum() {
        return removed;
    }
}
