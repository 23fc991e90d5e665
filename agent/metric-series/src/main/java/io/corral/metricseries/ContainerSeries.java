package io.corral.metricseries;

import io.corral.Container;

/**
 * The series of one container. It is announced with the value 0, which it has until all readers
 * have read that. Then it shows all that the container has used since the announcement, and for a
 * new container also what it used before.
 */
final class ContainerSeries {

    private final long announcedIn;
    private final long announcedAt;

    private Container container;

    /** What the container had used when the series was announced. It is in {@code other}. */
    private Amounts base;

    /** What was used since, whether it is shown or not. */
    private Amounts used = Amounts.NONE;

    private boolean isWhole;

    /** The latest value that a reader is known to have, and the number of its reading. */
    private Amounts delivered = Amounts.NONE;

    private long deliveredIn;

    /**
     * @param announcedIn the number of the first reading that has this series
     * @param announcedAt the time of that reading
     */
    ContainerSeries(Container container, Amounts base, long announcedIn, long announcedAt) {
        this.container = container;
        this.base = base;
        this.announcedIn = announcedIn;
        this.announcedAt = announcedAt;
    }

    /** A series that is not 0 first. */
    static ContainerSeries whole(Container container, long announcedIn, long announcedAt) {
        ContainerSeries made =
                new ContainerSeries(container, Amounts.NONE, announcedIn, announcedAt);
        made.isWhole = true;
        return made;
    }

    Container container() {
        return container;
    }

    /** The container was removed, and made again at the same path. The series goes on. */
    void continueWith(Container successor) {
        container = successor;
        base = Amounts.NONE.minus(used.counters());
    }

    void showIfRead(Readers readers) {
        isWhole = isWhole || readers.haveRead(announcedIn, announcedAt);
    }

    boolean isWhole() {
        return isWhole;
    }

    /**
     * @param own what the container has used so far
     * @param gcNanosPerByte the garbage collector's CPU time for each byte allocated since the last
     *     reading
     */
    void update(Amounts own, double gcNanosPerByte) {
        Amounts now = own.minus(base);
        long bytes = now.allocatedBytes() - used.allocatedBytes();
        used = now.withGc(used.gcNanos() + (long) (gcNanosPerByte * bytes));
    }

    /** What is in this series and in no other, whether it is shown or not. */
    Amounts used() {
        return used;
    }

    Amounts value() {
        return isWhole ? used : Amounts.NONE.withGauges(used);
    }

    /** A reader has the value of a reading. Readings of an earlier series of the path are older. */
    void delivered(Amounts value, long number) {
        if (number >= announcedIn && number > deliveredIn) {
            delivered = value.counters();
            deliveredIn = number;
        }
    }

    Amounts delivered() {
        return delivered;
    }
}
