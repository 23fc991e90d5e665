package io.corral.runtime.container;

/**
 * The number of threads that are pinned in a container and below it. Unpins are read when this is
 * created, and pins later. So the result is at least the number of threads that were pinned at any
 * moment between the two. Takes no lock.
 */
public final class PinnedThreads {

    /** The result if an account or a container left the tree between the two readings. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private final ContainerNode container;
    private final long departures = AccountList.departures();
    private final long unpins;

    public PinnedThreads(ContainerNode container) {
        this.container = container;
        this.unpins = unpins(container);
    }

    /** The number of threads, or {@link #UNKNOWN}. */
    public long count() {
        long count = pins(container) - unpins;
        return AccountList.departures() == departures
                        && count < AccountList.COLLECTED / 2
                        && count > -AccountList.COLLECTED / 2
                ? count
                : UNKNOWN;
    }

    private static long unpins(ContainerNode container) {
        long unpins = container.accounts.unpins();
        for (ContainerNode child : container.childNodes()) {
            unpins += unpins(child);
        }
        return unpins;
    }

    private static long pins(ContainerNode container) {
        long pins = container.accounts.pins();
        for (ContainerNode child : container.childNodes()) {
            pins += pins(child);
        }
        return pins;
    }
}
