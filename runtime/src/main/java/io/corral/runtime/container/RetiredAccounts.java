package io.corral.runtime.container;

import io.corral.runtime.accounting.Totals;
import io.corral.runtime.jdk.ReservedStack;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of removed containers, kept by the account that has taken their place. A thread may
 * still charge to one by a scope that is open. Once an account is unreachable its totals are final
 * and are folded into the successor's. Guarded by {@link Trees#LOCK}.
 */
public final class RetiredAccounts {

    /** A list entry, created in advance so that adding it needs no memory. */
    static final class Entry {

        private final WeakReference<Membership> account;
        private final Totals totals;
        private @Nullable Entry next;

        private Entry(WeakReference<Membership> account, Totals totals, @Nullable Entry next) {
            this.account = account;
            this.totals = totals;
            this.next = next;
        }
    }

    /** A retired account that is not folded as long as this is reachable. One of a list. */
    public static final class Held {

        /** Keeps the account reachable; null if its totals are final. */
        final @Nullable Membership account;

        private final Totals totals;
        private final @Nullable Held next;

        private Held(@Nullable Membership account, Totals totals, @Nullable Held next) {
            this.account = account;
            this.totals = totals;
            this.next = next;
        }

        public Totals totals() {
            return totals;
        }

        public @Nullable Held next() {
            return next;
        }
    }

    private static final int FEW = 16;

    private @Nullable Entry first;

    /** The number of accounts, and the number at which the next fold is due. */
    private int count;

    private int worthFolding = FEW;

    /**
     * Entries for a retiring account and for all accounts that it keeps. It keeps its own list for
     * its readers.
     */
    static Entry entriesOf(Membership retiring) {
        Entry entries = new Entry(new WeakReference<>(retiring), retiring.totals(), null);
        for (Entry kept = retiring.retired.first; kept != null; kept = kept.next) {
            entries = new Entry(kept.account, kept.totals, entries);
        }
        return entries;
    }

    /** Needs no memory. */
    void add(Entry entries) {
        Entry last = entries;
        count++;
        while (last.next != null) {
            last = last.next;
            count++;
        }
        last.next = first;
        first = entries;
    }

    /**
     * Folds once there are twice as many accounts as the last fold left. So the cost of a removal
     * does not depend on their number.
     */
    void foldIfMany(Totals successor) {
        if (count >= worthFolding) {
            fold(successor);
        }
    }

    private void fold(Totals successor) {
        foldAndHold(successor, false);
    }

    /**
     * Adds to {@code successor} the totals that can no longer change, so that the list stays short,
     * and holds the other accounts. Only for a successor that is not retired itself.
     */
    public @Nullable Held foldAndHold(Totals successor) {
        return first == null ? null : foldAndHold(successor, true);
    }

    private @Nullable Held foldAndHold(Totals successor, boolean holds) {
        Held held = null;
        Entry before = null;
        for (Entry entry = first; entry != null; entry = entry.next) {
            Membership account = entry.account.get();
            if (account == null) {
                fold(before, entry, successor);
            } else {
                before = entry;
                held = holds ? new Held(account, entry.totals, held) : null;
            }
        }
        worthFolding = Math.max(2 * count, FEW);
        return held;
    }

    /** Holds all accounts. For a list that is never folded, since its owner is retired. */
    public @Nullable Held hold() {
        Held held = null;
        for (Entry entry = first; entry != null; entry = entry.next) {
            held = new Held(entry.account.get(), entry.totals, held);
        }
        return held;
    }

    /**
     * Does both or neither, even where hardly any stack is left. Otherwise the totals would be
     * added twice.
     */
    @ReservedStack
    private void fold(@Nullable Entry before, Entry entry, Totals successor) {
        successor.absorb(entry.totals);
        count--;
        if (before == null) {
            first = entry.next;
        } else {
            before.next = entry.next;
        }
    }
}
