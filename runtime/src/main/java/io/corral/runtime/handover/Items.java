package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The submitters of the items of one rule. It keeps no item alive. Items count by identity: if one
 * object is submitted several times, the submitter that came first is the first that is served.
 */
final class Items {

    /** The most submissions of one object that are kept; beyond it the oldest are dropped. */
    private static final int MOST = 1 << 16;

    /** Stands for the executor's queue, whose length is unknown. */
    private static final Collection<?> QUEUE = Collections.nCopies(MOST, "");

    /** Rules of higher numbers share the last table. */
    private static final int TABLES = 1_024;

    /** By number. */
    private static final AtomicReferenceArray<@Nullable Items> ALL =
            new AtomicReferenceArray<>(TABLES);

    private final SubmittedTasks submitted = SubmittedTasks.ofItems();

    /** The places of items that keep theirs. */
    private final WeakIdentityMap<Membership> made = new WeakIdentityMap<>();

    /** Whether anything was recorded, so that there may be something to look up. */
    private volatile boolean areAny;

    private Items() {}

    /** Null if nothing was recorded for a rule of this number. */
    static @Nullable Items known(int number) {
        return ALL.get(Math.min(number, TABLES - 1));
    }

    static Items of(int number) {
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

    void submitted(Object item, Membership submitter) {
        submitted.add(item, submitter, QUEUE);
        if (!areAny) {
            areAny = true;
        }
    }

    /** An item without a container to hand over: recorded if the object has other submitters. */
    void submittedFromNowhere(Object item) {
        if (areAny) {
            submitted.addIfKnown(item, Trees.ROOT);
        }
    }

    /** The executor has refused the item. */
    void refused(Object item) {
        submitted.withdrawLast(item);
    }

    /** @param place null if the item takes no container along */
    void made(Object item, @Nullable Membership place) {
        if (place == null && !areAny) {
            return;
        }
        Membership known = made.get(item);
        if (known != null) {
            made.replace(item, known, place);
        } else if (place != null) {
            made.putIfAbsent(item, place);
            areAny = true;
        }
    }

    /** The submitter of an item that is about to run, or null. */
    @Nullable Membership take(Object item) {
        if (!areAny) {
            return null;
        }
        Membership kept = made.get(item);
        return kept == null ? submitted.take(item) : kept;
    }
}
