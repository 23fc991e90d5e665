package io.corral.runtime.accounting;

/** When a switch reads the CPU clock. */
public enum ClockPolicy {

    /** Read at each switch to another account. */
    EXACT,

    /**
     * Read at the end of residencies longer than {@link Meter#LONG_NANOS}, and of some short ones
     * that are chosen at random. The CPU time of the short residencies between two readings is
     * apportioned by wall time, corrected by those that were sampled.
     */
    ADAPTIVE
}
