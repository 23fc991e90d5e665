package io.corral.runtime.thread;

import io.corral.runtime.accounting.Meter;
import io.corral.runtime.container.Measurement;

/**
 * The threads that work for a measurement when its task returns, and carriers: the meter of a
 * carrier that idles still works for the virtual thread that it ran last.
 */
public final class OpenStays {

    private final Measurement measurement;
    private long runningBytes;

    private OpenStays(Measurement measurement) {
        this.measurement = measurement;
    }

    /**
     * Charges the CPU time that each has used up to now. The clocks of other threads are not read.
     * Where no other thread has worked for the measurement, no meter is looked at.
     *
     * @return an estimate of what they have allocated since their last switch
     */
    public static long settle(Measurement measurement) {
        boolean hasStays = measurement.hasStays();
        if (!hasStays && !measurement.hasVirtualStays()) {
            return 0;
        }
        OpenStays open = new OpenStays(measurement);
        MemberTable.LIVE.forEach(member -> {
            if (hasStays || member.carries()) {
                open.settle(member.meter());
            }
        });
        return open.runningBytes;
    }

    private void settle(Meter meter) {
        if (measurement.includes(meter.account())) {
            meter.settle(Long.MAX_VALUE);
            meter.forEachRunning((account, bytes) -> {
                if (measurement.includes(account)) {
                    runningBytes += bytes;
                }
            });
        } else {
            meter.awaitCharges();
        }
    }
}
