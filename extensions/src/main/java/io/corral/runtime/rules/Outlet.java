package io.corral.runtime.rules;

import io.corral.runtime.container.Combinations;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.container.Membership;

import org.jspecify.annotations.Nullable;

/** Where a rule leads to where there are too many {@link Combinations} for what it has found. */
final class Outlet {

    /** No rule's: the container was named by who starts a thread. */
    static final Outlet BY_CODE = new Outlet(null, null);

    /** Null for one that leads to no path of its own. */
    private final @Nullable PathTemplate<?> template;

    private final @Nullable Complaints complaints;

    private volatile @Nullable ContainerNode overflow;

    Outlet(@Nullable PathTemplate<?> template, @Nullable Complaints complaints) {
        this.template = template;
        this.complaints = complaints;
    }

    /**
     * Of what rules have found, one after the other, the first stays, and others go to their rule's overflow; where that does
     * not help, the first as well. A combination that is there already, and a path without a placeholder, is not touched.
     *
     * @param place where who belongs there is now
     * @param found each of another hierarchy; replaced where there is no room
     * @param finders of whose rules they are
     * @return whether there is room then; else one stays where one is
     */
    static boolean makeRoom(Membership place, ContainerNode[] found, Outlet[] finders, int count) {
        if (Combinations.haveRoomFor(place, found, count)) {
            return true;
        }
        int first = 0;
        while (first < count && !finders[first].isOfMany()) {
            first++;
        }
        replace(found, finders, first + 1, count);
        if (!Combinations.areMost() || Combinations.haveRoomFor(place, found, count)) {
            sayCrowded(found, finders, first + 1, count);
            return true;
        }
        replace(found, finders, first, count);
        if (Combinations.haveRoomFor(place, found, count)
                || areFewWith(place, found, finders, count)) {
            sayCrowded(found, finders, first, count);
            return true;
        }
        sayCrowdedOut(finders, count);
        return false;
    }

    private static void sayCrowded(ContainerNode[] found, Outlet[] finders, int from, int count) {
        for (int i = from; i < count; i++) {
            Complaints complaints = finders[i].complaints;
            if (complaints != null && finders[i].isOfMany()) {
                complaints.crowded(found[i]);
            }
        }
    }

    private static void sayCrowdedOut(Outlet[] finders, int count) {
        for (int i = 0; i < count; i++) {
            Complaints complaints = finders[i].complaints;
            if (complaints != null) {
                complaints.crowdedOut();
            }
        }
    }

    /** Where rules lead to by themselves there are few containers now, so that it depends on the others, and on what is inherited. */
    private static boolean areFewWith(
            Membership place, ContainerNode[] found, Outlet[] finders, int count) {
        ContainerNode[] others = new ContainerNode[count];
        for (int i = 0; i < count; i++) {
            others[i] = finders[i].template == null
                    ? found[i]
                    : found[i].hierarchy().root();
        }
        return !Combinations.isOne(place, others, count);
    }

    private static void replace(ContainerNode[] found, Outlet[] finders, int from, int count) {
        for (int i = from; i < count; i++) {
            found[i] = finders[i].overflow(found[i]);
        }
    }

    private boolean isOfMany() {
        return template != null && !template.isFixed();
    }

    private ContainerNode overflow(ContainerNode found) {
        if (template == null || template.isFixed()) {
            return found;
        }
        ContainerNode known = overflow;
        if (known == null || known.isRemoved()) {
            try {
                known = template.overflow(found.hierarchy());
                overflow = known;
            } catch (ContainerRemovedException meanwhile) {
                // One too many.
                return found;
            }
        }
        return known;
    }
}
