package io.corral.events.jfr;

import io.corral.runtime.placement.Placement;
import io.corral.runtime.placement.ThreadRules;
import java.util.List;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import org.jspecify.annotations.Nullable;

@Name("corral.UnmatchedRule")
@Label("Unmatched Container Rule")
@Description("A rule that has matched nothing since it was put into force")
@Period("60 s")
final class UnmatchedRuleEvent extends CorralEvent {

    @Label("Rule")
    @Description("The file and line of the rule")
    final String rule;

    @Label("Reason")
    @Description("What the rule has not matched, and a possible reason")
    final String reason;

    private UnmatchedRuleEvent(ThreadRules.Unmatched unmatched) {
        this.rule = unmatched.rule();
        this.reason = unmatched.reason();
    }

    /** Called each period: an event for each such rule. */
    static void commitAll() {
        @Nullable List<ThreadRules.Unmatched> all = Placement.unmatchedRules();
        if (all != null) {
            for (ThreadRules.Unmatched each : all) {
                new UnmatchedRuleEvent(each).commit();
            }
        }
    }
}
