package io.corral.jmc;

import io.corral.jmc.RecordedLimits.Limited;

import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.common.util.TypedPreference;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.Severity;

/** Reports containers whose limits refused many of their requests, or let them wait. */
public final class LimitsRule extends CorralRule {

    static final TypedPreference<IQuantity> LIMIT = new TypedPreference<>(
            "corral.limits.share",
            "Share of the requests",
            "A container is reported if its limits refused more of its requests, or let more wait",
            UnitLookup.PERCENTAGE.getPersister(),
            UnitLookup.PERCENT.quantity(5));

    public LimitsRule() {
        super("CorralLimits", "Limits Delay or Refuse", RecordedLimits.STATISTICS, LIMIT);
    }

    @Override
    IResult result(IItemCollection items, IPreferenceValueProvider preferences) {
        Finding finding = Finding.ofShares(
                preferences.getPreferenceValue(LIMIT).doubleValueIn(UnitLookup.PERCENT_UNITY));
        RecordedLimits.of(items).containers().forEach((path, limited) -> {
            long requests = limited.requests();
            if (requests > 0) {
                // A request that was refused after a wait is in both numbers.
                long affected = Math.min(requests, limited.refused() + limited.waited());
                finding.add(path, (double) affected / requests, detail(limited));
            }
        });
        return finding.result(
                this,
                preferences,
                Severity.INFO,
                "Limits refused or delayed {value} of the requests of {container}.",
                "More than {corral.limits.share}: {containers}. That is what limits are for. If the"
                        + " container should get more, raise the limit or its weight. corral report"
                        + " shows all numbers of the limits.",
                "No limit refused or delayed more than {corral.limits.share} of the requests of a"
                        + " container.");
    }

    private static String detail(Limited limited) {
        String wait = UnitLookup.NANOSECOND.quantity(limited.meanWaitNanos()).displayUsing("auto");
        return String.join(", ", limited.controls())
                + (limited.controls().isEmpty() ? "" : "; ")
                + limited.refused() + " refused, " + limited.waited() + " waited"
                + (limited.waited() == 0 ? "" : " " + wait + " each on average");
    }
}
