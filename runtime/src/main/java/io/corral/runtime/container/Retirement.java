package io.corral.runtime.container;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Moves the charges of a removed container's memberships to its parent. It has two steps: the first
 * takes all memory that is needed, so that nothing is done if there is none, and no sum falls.
 * Under {@link Trees#LOCK}.
 */
final class Retirement {

    private final Memberships retiring;
    private final Trees.Key[] places;
    private final Membership[] successors;
    private final RetiredAccounts.Entry[] entries;

    /** The memberships that are left in each of {@link #others}. */
    private final ContainerNode[] others;

    private final Memberships[] rests;

    /** Whether the removal has begun and can no longer be undone. */
    boolean isBegun;

    /** Takes all the memory that it needs. */
    Retirement(ContainerNode removed) {
        retiring = removed.memberships();
        places = new Trees.Key[retiring.size()];
        successors = new Membership[retiring.size()];
        entries = new RetiredAccounts.Entry[retiring.size()];
        for (int i = 0; i < retiring.size(); i++) {
            places[i] = new Trees.Key(retiring.get(i).places());
            // First, since a new membership is added to the lists that are copied below. None of
            // them is in another removed container: it would have retired with that one.
            successors[i] = Trees.live(retiring.get(i).places());
            entries[i] = RetiredAccounts.entriesOf(retiring.get(i));
        }
        Set<Membership> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < retiring.size(); i++) {
            all.add(retiring.get(i));
        }
        others = othersThan(removed);
        rests = new Memberships[others.length];
        for (int i = 0; i < others.length; i++) {
            rests[i] = others[i].memberships().without(all);
        }
    }

    private ContainerNode[] othersThan(ContainerNode removed) {
        Set<ContainerNode> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < retiring.size(); i++) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                found.add(retiring.get(i).container(hierarchy));
            }
        }
        found.remove(removed);
        return found.toArray(new ContainerNode[0]);
    }

    void commit() {
        for (int i = 0; i < others.length; i++) {
            others[i].memberships(rests[i]);
        }
        for (int i = 0; i < retiring.size(); i++) {
            retiring.get(i).retire();
            Trees.forget(places[i]);
            successors[i].retired.add(entries[i]);
            successors[i].retired.foldIfMany(successors[i].totals());
        }
    }
}
