package io.corral.runtime.accounting;

/** When a switch reads the CPU clock. */
public enum ClockPolicy {

    /** At each switch to another account. */
    EXACT,

    /**
     * At the end of stays longer than {@link #SHORT_STAY_NANOS}, and of some short ones that are
     * chosen at random. The CPU time of the short stays between two readings is apportioned by wall
     * time, corrected by those that were sampled.
     */
    ADAPTIVE;

    /** The longest stay that may end without a reading. */
    static final long SHORT_STAY_NANOS = 50_000;
}
