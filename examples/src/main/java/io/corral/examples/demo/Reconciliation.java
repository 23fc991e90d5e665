package io.corral.examples.demo;

import jdk.jfr.consumer.RecordedEvent;

/**
 * The last {@code corral.Reconciliation}: the process's CPU time since its start, and its parts.
 *
 * @param teardownCpuNanos an estimate
 * @param ownCpuNanos an estimate of Corral's hooks and readings; the containers' CPU time includes
 *     it
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

    /** The unattributed part of the process's CPU time, as a ratio; NaN if unknown. */
    double unattributedShare() {
        return unattributedCpuNanos == Amount.UNKNOWN || processCpuNanos == Amount.UNKNOWN
                ? Double.NaN
                : (double) unattributedCpuNanos / processCpuNanos;
    }
}
