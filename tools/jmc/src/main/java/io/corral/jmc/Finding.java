package io.corral.jmc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.LinearUnit;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.ResultBuilder;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.TypedCollectionResult;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/**
 * The containers over a limit, with their values. Texts have the names of results in braces, which
 * Mission Control replaces by the values. So Mission Control escapes the names of containers.
 */
final class Finding {

    /** The container that is furthest over the limit. */
    static final TypedResult<String> CONTAINER = new TypedResult<>(
            "container",
            "Container",
            "The container that is furthest over the limit",
            UnitLookup.PLAIN_TEXT,
            String.class);

    static final TypedResult<IQuantity> VALUE = new TypedResult<>(
            "value",
            "Value",
            "What is compared with the limit",
            UnitLookup.PERCENTAGE,
            IQuantity.class);

    static final TypedResult<IQuantity> COUNT = new TypedResult<>(
            "count",
            "Count",
            "What is compared with the limit",
            UnitLookup.NUMBER,
            IQuantity.class);

    static final TypedResult<IQuantity> TIME = new TypedResult<>(
            "time",
            "Time",
            "What is compared with the limit",
            UnitLookup.TIMESPAN,
            IQuantity.class);

    static final TypedCollectionResult<String> CONTAINERS = new TypedCollectionResult<>(
            "containers",
            "Containers",
            "All containers over the limit, with their values",
            UnitLookup.PLAIN_TEXT,
            String.class);

    static final Collection<TypedResult<?>> RESULTS =
            List.of(TypedResult.SCORE, CONTAINER, VALUE, COUNT, TIME, CONTAINERS);

    private final TypedResult<IQuantity> kind;
    private final LinearUnit unit;
    private final double limit;
    private final List<String> overLimit = new ArrayList<>();
    private String container = "";
    private double highest;

    private Finding(TypedResult<IQuantity> kind, LinearUnit unit, double limit) {
        this.kind = kind;
        this.unit = unit;
        this.limit = limit;
    }

    /** @param limit a share, from 0 to 1 */
    static Finding ofShares(double limit) {
        return new Finding(VALUE, UnitLookup.PERCENT_UNITY, limit);
    }

    static Finding ofCounts(double limit) {
        return new Finding(COUNT, UnitLookup.NUMBER_UNITY, limit);
    }

    /** @param limit in nanoseconds */
    static Finding ofTimes(double limit) {
        return new Finding(TIME, UnitLookup.NANOSECOND, limit);
    }

    void add(String path, double value) {
        add(path, value, "");
    }

    /** @param detail what the explanation says of the container beside the value; may be empty */
    void add(String path, double value, String detail) {
        if (value > highest) {
            highest = value;
            container = path;
        }
        if (value > limit) {
            overLimit.add(path + ": " + quantity(value).displayUsing("auto")
                    + (detail.isEmpty() ? "" : " (" + detail + ")"));
        }
    }

    private IQuantity quantity(double value) {
        // Shares are shown in per cent, with one digit after the point.
        return unit.equals(UnitLookup.PERCENT_UNITY)
                ? UnitLookup.PERCENT.quantity(Math.round(value * 1000) / 10.0)
                : unit.quantity(value);
    }

    /**
     * @param severity the severity of a value over the limit: {@link Severity#INFO} or
     *     {@link Severity#WARNING}
     * @param found the summary if a value is over the limit
     * @param explanation the details in that case
     * @param otherwise the summary if no value is over the limit
     */
    IResult result(
            IRule rule,
            IPreferenceValueProvider preferences,
            Severity severity,
            String found,
            String explanation,
            String otherwise) {
        boolean isOverLimit = highest > limit;
        ResultBuilder builder = ResultBuilder.createFor(rule, preferences)
                .setSeverity(isOverLimit ? severity : Severity.OK)
                .setSummary(isOverLimit ? found : otherwise)
                .addResult(TypedResult.SCORE, UnitLookup.NUMBER_UNITY.quantity(score(severity)))
                .addResult(CONTAINER, container)
                .addResult(kind, quantity(highest))
                .addResult(CONTAINERS, overLimit);
        if (isOverLimit) {
            builder.setExplanation(explanation);
        }
        return builder.build();
    }

    /**
     * The score, by which Mission Control sorts: 0 to 25 is fine, up to 75 is information, up to
     * 100 is a warning.
     */
    private double score(Severity severity) {
        if (highest <= limit) {
            return 24 * highest / limit;
        }
        double from = severity.getLimit();
        double to = severity == Severity.WARNING ? 100 : Severity.WARNING.getLimit() - 1;
        return to - (to - from) * limit / highest;
    }
}
