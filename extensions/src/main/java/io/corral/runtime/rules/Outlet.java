package io.corral.runtime.rules;

import io.corral.runtime.container.Combinations;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.container.Membership;

import org.jspecify.annotations.Nullable;

/** Where a rule leads once the cap on {@link Combinations} is reached. */
final class Outlet {

    /** Of a container that code named when it started the thread: never replaced. */
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
     * Where the combination of what rules have found is new, and the cap on {@link Combinations} is
     * reached, each container that a placeholder has named is replaced by its rule's {@code other}.
     *
     * @param place where the thread or execution is now
     * @param found each of another hierarchy; replaced where there is no room
     * @param finders the rules that found them
     * @return false if there is no room with {@code other} either: the thread stays where it is
     */
    static boolean makeRoom(Membership place, ContainerNode[] found, Outlet[] finders, int count) {
        if (Combinations.areKnown(place, found, count)) {
            return true;
        }
        for (int i = 0; i < count; i++) {
            found[i] = finders[i].overflow(found[i]);
        }
        if (Combinations.areKnown(place, found, count)
                || areFewWith(place, found, finders, count)) {
            sayCrowded(found, finders, count);
            return true;
        }
        sayCrowdedOut(finders, count);
        return false;
    }

    private static void sayCrowded(ContainerNode[] found, Outlet[] finders, int count) {
        for (int i = 0; i < count; i++) {
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

    /**
     * Whether a rules file bounds the number of such combinations: without the containers of rules,
     * which are fixed or {@code other} by now, at most one container is left.
     */
    private static boolean areFewWith(
            Membership place, ContainerNode[] found, Outlet[] finders, int count) {
        ContainerNode[] others = new ContainerNode[count];
        for (int i = 0; i < count; i++) {
            others[i] = finders[i].template == null
                    ? found[i]
                    : found[i].hierarchy().root();
        }
        return !Combinations.combines(place, others, count);
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
