package io.corral.jmc;

import java.util.List;
import java.util.Map;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.common.util.TypedPreference;
import org.openjdk.jmc.flightrecorder.rules.AbstractRule;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IResultValueProvider;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit.EventAvailability;

/** A container's virtual threads and tasks waited long for a carrier or a worker. */
public final class QueuedTimeRule extends AbstractRule {

    static final TypedPreference<IQuantity> LIMIT = new TypedPreference<>(
            "corral.queued.share",
            "Share of queued time",
            "A container with a higher share of its CPU time and queued time is reported",
            UnitLookup.PERCENTAGE.getPersister(),
            UnitLookup.PERCENT.quantity(10));

    /** Containers that used less and waited less are left out. */
    private static final long TOO_LITTLE_NANOS = 100_000_000;

    public QueuedTimeRule() {
        super(
                "CorralQueuedTime",
                "Container Waits for CPU",
                Topic.NAME,
                List.of(LIMIT),
                Finding.RESULTS,
                Map.of(RecordedUsages.TOTAL, EventAvailability.AVAILABLE));
    }

    @Override
    protected IResult getResult(
            IItemCollection items,
            IPreferenceValueProvider preferences,
            IResultValueProvider unused) {
        RecordedUsages usages = RecordedUsages.of(items);
        if (!usages.hasQueuedTime()) {
            return RulesToolkit.getNotApplicableResult(
                    this, preferences, "The recording has no queued time.");
        }
        Finding finding = Finding.ofShares(
                preferences.getPreferenceValue(LIMIT).doubleValueIn(UnitLookup.PERCENT_UNITY));
        for (String path : usages.paths()) {
            long queued = usages.ownQueuedNanos(path);
            long all = queued + usages.ownCpuNanos(path);
            if (all >= TOO_LITTLE_NANOS) {
                finding.add(path, (double) queued / all);
            }
        }
        return finding.result(
                this,
                preferences,
                Severity.WARNING,
                "{container} waited in queues for {value} of its CPU time and queued time.",
                "Over the limit of {corral.queued.share}: {containers}. Their virtual threads were"
                        + " ready and had no carrier, or their tasks were in a pool's queue. Another"
                        + " container that uses much CPU time may be the cause.",
                "No container waited in queues for more than {corral.queued.share} of its CPU time"
                        + " and queued time.");
    }
}
