package io.corral.examples.demo;

import jdk.jfr.consumer.RecordedEvent;

/**
 * The last {@code corral.Reconciliation}: all of the process's CPU time since it began, and whose.
 *
 * @param teardownCpuNanos an estimate
 * @param ownCpuNanos of Corral's hooks and readings, a part of the containers'; an estimate
 */
record Reconciliation(
        long processCpuNanos,
        long containerCpuNanos,
        long vmCpuNanos,
        long teardownCpuNanos,
        long ownCpuNanos,
        long unattributedCpuNanos) {

    static Reconciliation of(RecordedEvent event) {
        return new Reconciliation(
                event.getLong("processCpuTime"),
                event.getLong("containerCpuTime"),
                event.getLong("vmCpuTime"),
                event.getLong("teardownCpuTime"),
                event.getLong("ownCpuTime"),
                event.getLong("unattributedCpuTime"));
    }

    /** Of the process's CPU time, as a ratio; NaN if unknown. */
    double unattributedShare() {
        return unattributedCpuNanos == Amount.UNKNOWN || processCpuNanos == Amount.UNKNOWN
                ? Double.NaN
                : (double) unattributedCpuNanos / processCpuNanos;
    }
}
