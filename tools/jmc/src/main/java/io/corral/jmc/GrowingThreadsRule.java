package io.corral.jmc;

import java.util.HashSet;
import java.util.Set;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.common.util.TypedPreference;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.Severity;

/** Reports containers in which the number of live threads grew and never fell. */
public final class GrowingThreadsRule extends CorralRule {

    static final TypedPreference<IQuantity> LIMIT = new TypedPreference<>(
            "corral.threads.grown",
            "Threads",
            "A container that gained more in the second half of the recording is reported",
            UnitLookup.NUMBER.getPersister(),
            UnitLookup.NUMBER_UNITY.quantity(20));

    public GrowingThreadsRule() {
        super("CorralGrowingThreads", "Threads Only Grow", RecordedUsages.USAGE, LIMIT);
    }

    @Override
    IResult result(IItemCollection items, IPreferenceValueProvider preferences) {
        double limit = preferences.getPreferenceValue(LIMIT).doubleValueIn(UnitLookup.NUMBER_UNITY);
        RecordedUsages usages = RecordedUsages.of(items);
        Set<String> growing = new HashSet<>();
        for (String path : usages.paths()) {
            if (usages.threadGrowth(path) > limit) {
                growing.add(path);
            }
        }
        Finding finding = Finding.ofCounts(limit);
        for (String path : usages.paths()) {
            // A container that grows because of one below it is not named.
            if (usages.children(path).stream().noneMatch(growing::contains)) {
                finding.add(path, (double) usages.threadGrowth(path));
            }
        }
        return finding.result(
                this,
                preferences,
                Severity.WARNING,
                "{container} gained {count} threads and lost none.",
                "Live threads of both kinds became more through the second half of the recording,"
                        + " and never fewer: {containers}. Threads may be left over from each"
                        + " task.",
                "No container gained more than {corral.threads.grown} threads and lost none.");
    }
}
