package io.corral.runtime.thread;

import io.corral.runtime.accounting.Meter;
import io.corral.runtime.membership.Measurement;

import java.util.ArrayList;
import java.util.List;

/**
 * The meters that may still have to charge a measurement when its task returns: those of threads
 * that work for it, and of carriers. The meter of an idle carrier still works for the virtual
 * thread that was mounted last.
 */
public final class OpenStays {

    private final Measurement measurement;
    private final List<Meter> meters = new ArrayList<>();
    private long unchargedBytes;

    private OpenStays(Measurement measurement) {
        this.measurement = measurement;
    }

    /**
     * Charges the CPU time that these threads have used up to now. If no other thread has worked
     * for the measurement, no other meter is read. Called on the thread that has run the task,
     * after it has left the measurement.
     */
    public static OpenStays settle(Measurement measurement) {
        OpenStays open = new OpenStays(measurement);
        boolean hasStays = measurement.hasStays();
        if (hasStays || measurement.hasVirtualStays()) {
            MemberTable.LIVE.forEach(member -> {
                if (hasStays || member.carrier().carries()) {
                    open.settle(member);
                }
            });
        }
        measurement.awaitOutsideCharges();
        return open;
    }

    private void settle(PlatformMember member) {
        Meter meter = member.meter();
        if (measurement.includes(meter.account())) {
            meter.settle(Long.MAX_VALUE);
            // A measured thread has charged its bytes when it left its carrier.
            if (!member.carrier().isIdle()) {
                meters.add(meter);
            }
        } else {
            meter.awaitCharges();
        }
    }

    /** An estimate of what they have allocated since their last switch. Call it once. */
    public long unchargedBytes() {
        for (Meter meter : meters) {
            meter.forEachUncharged((account, bytes) -> {
                if (measurement.includes(account)) {
                    unchargedBytes += bytes;
                }
            });
        }
        return unchargedBytes;
    }
}
