package io.corral.runtime.membership;

import io.corral.runtime.accounting.Totals;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Accounts of removed containers, kept by the account that has taken their place. A thread may still
 * charge to one, by a scope it left open; once nobody can reach an account any more its totals are
 * final, and are added to the successor's. Guarded by {@link Trees#LOCK}.
 */
final class RetiredAccounts {

    private record Entry(WeakReference<Membership> account, Totals totals) {}

    private final List<Entry> entries = new ArrayList<>(0);

    void add(Membership retired) {
        entries.add(new Entry(new WeakReference<>(retired), retired.totals()));
    }

    /** Takes over the entries of one that retires itself, which keeps its own list for its readers. */
    void addAll(RetiredAccounts others) {
        entries.addAll(others.entries);
    }

    /** Adds to {@code successor} what can't change any more, so that the list stays short. */
    void fold(Totals successor) {
        if (!entries.isEmpty()) {
            entries.removeIf(entry -> {
                boolean unreachable = entry.account.get() == null;
                if (unreachable) {
                    successor.absorb(entry.totals);
                }
                return unreachable;
            });
        }
    }

    void addTo(UsageSum sum) {
        for (Entry entry : entries) {
            sum.add(entry.totals);
        }
    }
}
