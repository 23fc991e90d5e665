package io.corral.jmc;

import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.common.util.TypedPreference;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.Severity;

/** Reports containers in which virtual threads waited long for a carrier, or tasks for a worker. */
public final class QueuedTimeRule extends CorralRule {

    static final TypedPreference<IQuantity> LIMIT = new TypedPreference<>(
            "corral.queued.wait",
            "Mean wait",
            "A container with a longer mean wait is reported",
            UnitLookup.TIMESPAN.getPersister(),
            UnitLookup.MILLISECOND.quantity(10));

    /** Containers with less queued time are not compared. */
    private static final long MIN_NANOS = 100_000_000;

    public QueuedTimeRule() {
        super("CorralQueuedTime", "Container Waits for CPU", RecordedUsages.TOTAL, LIMIT);
    }

    @Override
    IResult result(IItemCollection items, IPreferenceValueProvider preferences) {
        RecordedUsages usages = RecordedUsages.of(items);
        if (!usages.hasWaits()) {
            return notApplicable(preferences, "The recording has no waits.");
        }
        Finding finding = Finding.ofTimes(
                preferences.getPreferenceValue(LIMIT).doubleValueIn(UnitLookup.NANOSECOND));
        for (String path : usages.paths()) {
            long queued = usages.ownQueuedNanos(path);
            if (queued >= MIN_NANOS) {
                finding.add(path, (double) queued / Math.max(usages.ownWaits(path), 1));
            }
        }
        return finding.result(
                this,
                preferences,
                Severity.WARNING,
                "{container} waited for {time} each time, on average.",
                "Over the limit of {corral.queued.wait}: {containers}. Their virtual threads were"
                        + " ready and had no carrier, or their tasks were in a pool's queue."
                        + " Another container that uses much CPU time may be the cause.",
                "No container waited for more than {corral.queued.wait} each time, on average.");
    }
}
