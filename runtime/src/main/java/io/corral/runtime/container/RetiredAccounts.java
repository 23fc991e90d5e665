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
    public static final class Entry {

        private final WeakReference<Membership> account;
        private final Totals totals;
        private @Nullable Entry next;

        private Entry(WeakReference<Membership> account, Totals totals, @Nullable Entry next) {
            this.account = account;
            this.totals = totals;
            this.next = next;
        }

        public Totals totals() {
            return totals;
        }

        public @Nullable Entry next() {
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

    /** Adds to {@code successor} what can't change any more, so that the list stays short. Needs no memory. */
    public void fold(Totals successor) {
        Entry before = null;
        for (Entry entry = first; entry != null; entry = entry.next) {
            if (entry.account.get() != null) {
                before = entry;
            } else {
                fold(before, entry, successor);
            }
        }
        worthFolding = Math.max(2 * count, FEW);
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

    /** Null if there is none. */
    public @Nullable Entry first() {
        return first;
    }
}
