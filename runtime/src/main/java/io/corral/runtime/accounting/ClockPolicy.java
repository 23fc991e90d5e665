package io.corral.runtime.accounting;

/** When CPU clocks are read. */
public enum ClockPolicy {
    /** At each switch. */
    EXACT,
    /**
     * At the end of residencies longer than {@link Meter#LONG_NANOS}, and after a number of short ones
     * that chance chooses; what these used together is apportioned among them by wall time, corrected by
     * those that were measured.
     */
    ADAPTIVE
}
