package io.corral.runtime.accounting;

/** An account and nothing else. */
final class Payer extends Account {

    long cpuNanos() {
        return totals().cpuNanos();
    }

    long allocatedBytes() {
        return totals().allocatedBytes();
    }
}
