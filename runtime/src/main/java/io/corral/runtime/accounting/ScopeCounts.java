package io.corral.runtime.accounting;

/**
 * The scopes that were ever opened in one container, and those that were closed. Any thread may
 * call.
 */
public final class ScopeCounts extends StripedCounters {

    /** The result of {@link #openedUnlessOpen} if a scope is open. */
    public static final long OPEN = -1;

    /** One of this many additions checks for contention. */
    private static final int CHECK_INTERVAL = 1_024;

    /** The first check is late, since many containers have few scopes. */
    private static final int CHECK = CHECK_INTERVAL / 2;

    /** Does not throw: the caller relies on the addition. */
    public void opened() {
        if (add(PINS, 1) % CHECK_INTERVAL == CHECK) {
            try {
                checkContention();
            } catch (StackOverflowError exhausted) {
                // The addition is done. Another thread will check.
                return;
            }
        }
    }

    public void closed() {
        add(UNPINS, 1);
    }

    /**
     * The number of scopes that were ever opened, or {@link #OPEN} if one is open now. The closed
     * ones are read first. So a scope that is opened and closed during the call can count as open,
     * and an open scope is never missed.
     */
    public long openedUnlessOpen() {
        long closed = sum(UNPINS);
        long opened = sum(PINS);
        return opened > closed ? OPEN : opened;
    }
}
