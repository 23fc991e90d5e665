package io.corral.jmc;

import java.util.List;
import java.util.Map;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.common.util.TypedPreference;
import org.openjdk.jmc.flightrecorder.rules.AbstractRule;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IResultValueProvider;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit.EventAvailability;

/** A rule that depends on one of Corral's events, and on no other rule. */
abstract class CorralRule extends AbstractRule {

    /** Under which heading Mission Control shows the results. */
    private static final String TOPIC = "Corral";

    CorralRule(String id, String name, String event, TypedPreference<?>... preferences) {
        super(
                id,
                name,
                TOPIC,
                List.of(preferences),
                Finding.RESULTS,
                Map.of(event, EventAvailability.AVAILABLE));
    }

    @Override
    protected final IResult getResult(
            IItemCollection items,
            IPreferenceValueProvider preferences,
            IResultValueProvider unused) {
        return result(items, preferences);
    }

    abstract IResult result(IItemCollection items, IPreferenceValueProvider preferences);

    final IResult notApplicable(IPreferenceValueProvider preferences, String why) {
        return RulesToolkit.getNotApplicableResult(this, preferences, why);
    }
}
