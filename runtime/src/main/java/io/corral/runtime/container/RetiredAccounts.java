package io.corral.runtime.container;

import io.corral.runtime.accounting.Totals;
import io.corral.runtime.jdk.ReservedStack;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of removed containers, kept by the account that has taken their place. A thread may still
 * charge to one, by a scope it left open; once nobody can reach an account any more its totals are
 * final, and are added to the successor's. Guarded by {@link Trees#LOCK}.
 */
public final class RetiredAccounts {

    /** One of a list, so that who has made it can add it without any memory. */
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

    /** How many there are, and how many make it worth while to look again which can't change any more. */
    private int count;

    private int worthFolding = FEW;

    /** Of an account that retires and of all that it keeps for others; it keeps its own list for its readers. */
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

    /** As {@link #fold}, once there are twice as many as were left over: so a removal costs the same however many there are. */
    void foldIfMany(Totals successor) {
        if (count >= worthFolding) {
            fold(successor);
        }
    }

    private void fold(Totals successor) {
        foldAndHold(successor, false);
    }

    /**
     * Adds to {@code successor} the totals that can't change any more, so that the list stays short,
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

    /** Both or none, also where hardly any stack is left: else it would be added again. */
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
