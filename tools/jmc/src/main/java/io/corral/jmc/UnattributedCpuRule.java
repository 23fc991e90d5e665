package io.corral.jmc;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.ItemFilters;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.common.util.TypedPreference;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.Severity;

/**
 * Reports that more than a share of the process's CPU time is in no container and is not the JVM's
 * own.
 */
public final class UnattributedCpuRule extends CorralRule {

    private static final String RECONCILIATION = "corral.Reconciliation";

    static final TypedPreference<IQuantity> LIMIT = new TypedPreference<>(
            "corral.unattributed.share",
            "Share of the process's CPU time",
            "More unattributed CPU time is reported",
            UnitLookup.PERCENTAGE.getPersister(),
            UnitLookup.PERCENT.quantity(5));

    private static final long MIN_NANOS = 1_000_000_000;

    public UnattributedCpuRule() {
        super("CorralUnattributedCpu", "Unattributed CPU", RECONCILIATION, LIMIT);
    }

    /** CPU time since the JVM's start, in nanoseconds. */
    private record Sums(long process, long unattributed) {}

    @Override
    IResult result(IItemCollection items, IPreferenceValueProvider preferences) {
        NavigableMap<Long, Sums> readings = readings(items);
        long process = 0;
        long unattributed = 0;
        if (!readings.isEmpty()) {
            Sums first = readings.firstEntry().getValue();
            Sums last = readings.lastEntry().getValue();
            process = last.process() - first.process();
            unattributed = last.unattributed() - first.unattributed();
        }
        if (process < MIN_NANOS) {
            return notApplicable(preferences, "The process used less than a second of CPU time.");
        }
        Finding finding = Finding.ofShares(
                preferences.getPreferenceValue(LIMIT).doubleValueIn(UnitLookup.PERCENT_UNITY));
        finding.add("the process", (double) unattributed / process);
        return finding.result(
                this,
                preferences,
                Severity.INFO,
                "{value} of the CPU time is in no container and not the JVM's.",
                "Most of it is what ending threads use, 30 to 200 us each. Threads of native"
                        + " libraries use it too, and compiler threads that came and went.",
                "At most {corral.unattributed.share} of the CPU time is in no container and not the"
                        + " JVM's.");
    }

    private static NavigableMap<Long, Sums> readings(IItemCollection events) {
        NavigableMap<Long, Sums> readings = new TreeMap<>();
        for (IItemIterable items : events.apply(ItemFilters.type(RECONCILIATION))) {
            EventFields fields = new EventFields(items);
            for (IItem item : items) {
                Sums sums = new Sums(
                        fields.nanos(item, "processCpuTime"),
                        fields.nanos(item, "unattributedCpuTime"));
                if (sums.process() != EventFields.UNKNOWN
                        && sums.unattributed() != EventFields.UNKNOWN) {
                    readings.put(fields.startNanos(item), sums);
                }
            }
        }
        return readings;
    }
}
