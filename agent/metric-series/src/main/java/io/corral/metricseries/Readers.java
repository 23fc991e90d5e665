package io.corral.metricseries;

/**
 * Those who read the series of an exporter, as seen at one reading. A new series is announced with
 * the value 0, and is 0 until they have read that.
 */
@FunctionalInterface
public interface Readers {

    /**
     * Whether a series that is still 0 shows all usage from now on.
     *
     * @param number the number of the reading with which it was announced
     * @param nanoTime the time of that reading, as of {@link System#nanoTime()}
     */
    boolean haveRead(long number, long nanoTime);
}
