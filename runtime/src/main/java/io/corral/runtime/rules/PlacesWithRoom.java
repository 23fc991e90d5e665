package io.corral.runtime.rules;

import io.corral.runtime.membership.Combinations;
import io.corral.runtime.membership.ContainerNode;
import io.corral.runtime.membership.Destination;
import io.corral.runtime.membership.Membership;

/** What rules have found where {@link Combinations} are full: for which of it there is room depends on where one comes from. */
final class PlacesWithRoom implements Destination {

    private final ContainerNode[] found;
    private final ContainerNode[] overflows;
    private final EntryRule[] finders;
    private final int count;

    /**
     * @param found containers, the caller's no more
     * @param finders the rules, each with its container
     * @param count how many there are in both
     */
    PlacesWithRoom(ContainerNode[] found, EntryRule[] finders, int count) {
        this.found = found;
        this.finders = finders;
        this.count = count;
        this.overflows = new ContainerNode[count];
        // Here, since whoever moves the thread asks under a lock, and to make a container calls
        // subsystems.
        for (int i = 0; i < count; i++) {
            overflows[i] = finders[i].overflow(found[i]);
        }
    }

    @Override
    public Membership from(Membership place) {
        Membership at = place;
        for (int i = 0; i < count; i++) {
            ContainerNode next = found[i];
            if (overflows[i] != next && !Combinations.haveRoomFor(at, next)) {
                next = overflows[i];
                finders[i].crowded(next);
            }
            at = at.moveTo(next);
        }
        return at;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " and ").append(found[i]);
        }
        return text.toString();
    }
}
