package io.corral.runtime.membership;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What a container's memberships were and will be charged counts where its parent is, once the container is removed. Made in two
 * steps, so that where there is no memory nothing was done, and no sum falls. Under {@link Trees#LOCK}.
 */
final class Retirement {

    private final Membership[] retiring;
    private final Trees.Key[] places;
    private final Membership[] successors;
    private final RetiredAccounts.Entry[] entries;

    /** Of containers in other hierarchies, by these. */
    private final ContainerNode[] others;

    private final Membership[][] rests;

    /** Whether the container is on its way out of its tree, from which there is none back. */
    boolean isBegun;

    /** Takes all the memory that it needs. */
    Retirement(ContainerNode removed) {
        retiring = removed.memberships();
        places = new Trees.Key[retiring.length];
        successors = new Membership[retiring.length];
        entries = new RetiredAccounts.Entry[retiring.length];
        for (int i = 0; i < retiring.length; i++) {
            places[i] = new Trees.Key(retiring[i].places());
            // First of all, since a new one is added to lists of which the rest is taken below.
            successors[i] = Trees.internLive(retiring[i]);
            entries[i] = RetiredAccounts.entriesOf(retiring[i]);
        }
        Set<Membership> all = Collections.newSetFromMap(new IdentityHashMap<>());
        Collections.addAll(all, retiring);
        others = othersThan(removed);
        rests = new Membership[others.length][];
        for (int i = 0; i < others.length; i++) {
            rests[i] = without(all, others[i].memberships());
        }
    }

    private ContainerNode[] othersThan(ContainerNode removed) {
        Set<ContainerNode> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Membership membership : retiring) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                found.add(membership.container(hierarchy));
            }
        }
        found.remove(removed);
        return found.toArray(new ContainerNode[0]);
    }

    private static Membership[] without(Set<Membership> some, Membership[] all) {
        Membership[] rest = new Membership[all.length];
        int length = 0;
        for (Membership each : all) {
            if (!some.contains(each)) {
                rest[length++] = each;
            }
        }
        return Arrays.copyOf(rest, length);
    }

    void commit() {
        for (int i = 0; i < others.length; i++) {
            others[i].memberships(rests[i]);
        }
        for (int i = 0; i < retiring.length; i++) {
            retiring[i].retire();
            Trees.forget(places[i]);
            successors[i].retired.add(entries[i]);
            successors[i].retired.foldIfMany(successors[i].totals());
        }
    }
}
