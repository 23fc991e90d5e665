package io.corral.runtime.container;

import io.corral.runtime.accounting.AccountTotals;

/**
 * Finds out whether a container, or one below it, has a member. One walk through the tree can miss
 * a thread that moves, or one that starts another and ends. So there is a second walk. If no thread
 * was pinned between the two, the tree was empty at the end of the first one; else it was populated
 * meanwhile. Takes no lock and allocates nothing, since exit hooks call it.
 */
final class Population {

    private static final long POPULATED = AccountTotals.PINNED;

    private Population() {}

    static boolean isIn(ContainerNode container) {
        while (true) {
            long before = AccountList.departures();
            long first = pinsIfEmpty(container);
            if (first == POPULATED) {
                return true;
            }
            long second = pinsIfEmpty(container);
            if (second == POPULATED) {
                return true;
            }
            // Otherwise a membership was collected meanwhile, and its pins with it.
            if (first / AccountList.COLLECTED == second / AccountList.COLLECTED) {
                if (first != second) {
                    return true;
                }
                // Otherwise a membership with pins may have left the sum while another one got
                // some.
                if (AccountList.departures() == before) {
                    return false;
                }
            }
        }
    }

    /** How many threads were ever pinned, or {@link #POPULATED}. */
    private static long pinsIfEmpty(ContainerNode container) {
        long pins = container.accounts.pinsUnlessPinned();
        if (pins == POPULATED) {
            return POPULATED;
        }
        for (ContainerNode child : container.childNodes()) {
            long below = pinsIfEmpty(child);
            if (below == POPULATED) {
                return POPULATED;
            }
            pins += below;
        }
        return pins;
    }
}
