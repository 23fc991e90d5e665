package io.corral.runtime.handover;

import io.corral.runtime.membership.Membership;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The submitters of the items of one rule. It does not keep items reachable. Items are compared by
 * identity. If one object is submitted several times, its runs are charged to the submitters in
 * their order.
 */
public final class Items {

    /**
     * The largest number of submissions that are kept for one object. Beyond it, the oldest are
     * dropped.
     */
    private static final int MAX_SUBMISSIONS = 1 << 16;

    /** Stands for the queue of the executor, since its length is unknown. */
    private static final Collection<?> QUEUE = Collections.nCopies(MAX_SUBMISSIONS, "");

    /** The number of tables. Rules of higher numbers share the last one. */
    private static final int TABLES = 1_024;

    /** By number. */
    private static final AtomicReferenceArray<@Nullable Items> ALL =
            new AtomicReferenceArray<>(TABLES);

    private final SubmissionTable submitted = SubmissionTable.ofItems();

    /** The memberships of items that keep them for all of their runs. */
    private final WeakIdentityMap<Membership> made = new WeakIdentityMap<>();

    /** Whether anything was ever recorded. */
    private volatile boolean hasRecords;

    private Items() {}

    /** Null if nothing was recorded for a rule of this number. */
    public static @Nullable Items known(int number) {
        return ALL.get(Math.min(number, TABLES - 1));
    }

    public static Items of(int number) {
        Items known = known(number);
        if (known != null) {
            return known;
        }
        Items made = new Items();
        int index = Math.min(number, TABLES - 1);
        if (ALL.compareAndSet(index, null, made)) {
            return made;
        }
        Items other = ALL.get(index);
        return other == null ? made : other;
    }

    public void submitted(Object item, Membership submitter) {
        submitted.add(item, submitter, QUEUE);
        if (!hasRecords) {
            hasRecords = true;
        }
    }

    /** Records an item that takes no container along, if the object has other submitters. */
    public void submittedByRoot(Object item) {
        if (hasRecords) {
            submitted.addIfKnown(item, Membership.ROOT);
        }
    }

    /** Removes the record of an item that the executor has refused. */
    public void refused(Object item) {
        submitted.withdrawLast(item);
    }

    /** @param place null if the item takes no container along */
    public void made(Object item, @Nullable Membership place) {
        if (place == null && !hasRecords) {
            return;
        }
        Membership known = made.get(item);
        if (known != null) {
            made.replace(item, known, place);
        } else if (place != null) {
            made.putIfAbsent(item, place);
            hasRecords = true;
        }
    }

    /** Takes the submitter of an item that is about to run; null if there is none. */
    public @Nullable Membership take(Object item) {
        if (!hasRecords) {
            return null;
        }
        Membership kept = made.get(item);
        return kept == null ? submitted.take(item) : kept;
    }
}
