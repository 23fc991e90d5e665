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
            "corral.queued.share",
            "Share of queued time",
            "A container with a higher share of its CPU time and queued time is reported",
            UnitLookup.PERCENTAGE.getPersister(),
            UnitLookup.PERCENT.quantity(10));

    /** Containers with less CPU time and queued time are not compared. */
    private static final long MIN_NANOS = 100_000_000;

    public QueuedTimeRule() {
        super("CorralQueuedTime", "Container Waits for CPU", RecordedUsages.TOTAL, LIMIT);
    }

    @Override
    IResult result(IItemCollection items, IPreferenceValueProvider preferences) {
        RecordedUsages usages = RecordedUsages.of(items);
        if (!usages.hasQueuedTime()) {
            return notApplicable(preferences, "The recording has no queued time.");
        }
        Finding finding = Finding.ofShares(
                preferences.getPreferenceValue(LIMIT).doubleValueIn(UnitLookup.PERCENT_UNITY));
        for (String path : usages.paths()) {
            long queued = usages.ownQueuedNanos(path);
            long all = queued + usages.ownCpuNanos(path);
            if (all >= MIN_NANOS) {
                finding.add(path, (double) queued / all);
            }
        }
        return finding.result(
                this,
                preferences,
                Severity.WARNING,
                "{container} waited in queues for {value} of its CPU time and queued time.",
                "Over the limit of {corral.queued.share}: {containers}. Their virtual threads were"
                        + " ready and had no carrier, or their tasks were in a pool's queue."
                        + " Another container that uses much CPU time may be the cause.",
                "No container waited in queues for more than {corral.queued.share} of its CPU time"
                        + " and queued time.");
    }
}
