package io.corral.jmc;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.common.util.TypedPreference;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.Severity;

/** Reports containers that used more than a share of the CPU time of all containers. */
public final class CpuShareRule extends CorralRule {

    static final TypedPreference<IQuantity> LIMIT = new TypedPreference<>(
            "corral.cpu.share",
            "Share of the CPU time",
            "A container that used more is reported",
            UnitLookup.PERCENTAGE.getPersister(),
            UnitLookup.PERCENT.quantity(50));

    /**
     * The default leaves out the places that Corral chooses, since a pool of the application often
     * uses most of the CPU time.
     */
    static final TypedPreference<String> PATHS = new TypedPreference<>(
            "corral.cpu.paths",
            "Containers",
            "Regular expression for the paths of the containers that are compared",
            UnitLookup.PLAIN_TEXT.getPersister(),
            "/(?!(jvm|pools|threads)(/|$)).+");

    private static final long MIN_NANOS = 1_000_000_000;

    public CpuShareRule() {
        super("CorralCpuShare", "Container Takes Most CPU", RecordedUsages.TOTAL, LIMIT, PATHS);
    }

    @Override
    IResult result(IItemCollection items, IPreferenceValueProvider preferences) {
        Pattern paths;
        try {
            paths = Pattern.compile(preferences.getPreferenceValue(PATHS));
        } catch (PatternSyntaxException invalid) {
            return notApplicable(preferences, "Not a regular expression: " + invalid.getPattern());
        }
        RecordedUsages usages = RecordedUsages.of(items);
        long all = usages.cpuNanos();
        if (all < MIN_NANOS) {
            return notApplicable(
                    preferences, "The containers used less than a second of CPU time.");
        }
        double limit =
                preferences.getPreferenceValue(LIMIT).doubleValueIn(UnitLookup.PERCENT_UNITY);
        Finding finding = Finding.ofShares(limit);
        for (String path : usages.paths()) {
            if (paths.matcher(path).matches()) {
                finding.add(path, (double) usages.ownCpuNanos(path) / all);
            }
        }
        return finding.result(
                this,
                preferences,
                Severity.WARNING,
                "{container} used {value} of the CPU time of all containers.",
                "Over the limit of {corral.cpu.share}: {containers}. Each value is a container's"
                        + " own, without those below it. Pages with the event Container Usage, or"
                        + " corral report, show when it was used and by which code.",
                "No container used more than {corral.cpu.share} of the CPU time of all.");
    }
}
