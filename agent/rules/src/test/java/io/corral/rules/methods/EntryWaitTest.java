package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.rules.file.RulesParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The word {@code wait} of rules for methods. */
class EntryWaitTest {

    private final EntryRuleSet rules = new EntryRuleSet();

    @Test
    void onlyTheMethodWhoseRuleSaysSoLetsThreadsWait() {
        replace("enter a.Jobs#run -> /jobs/{0} wait\nenter a.Mail#send -> /mail/{0}");
        assertThat(rules.mayWait(site("a.Jobs", "run"))).isTrue();
        assertThat(rules.mayWait(site("a.Mail", "send"))).isFalse();
    }

    /** Any of the rules may be the one that applies, if a placeholder has no value. */
    @Test
    void allRulesOfOneHierarchyMustSaySo() {
        replace("enter a.Jobs#run -> /jobs/{0} wait\nenter a.Jobs+#run -> /jobs/other");
        assertThat(rules.mayWait(site("a.Jobs", "run"))).isFalse();
        replace("enter a.Jobs#run -> /jobs/{0} wait\nenter a.Jobs+#run -> /jobs/other wait");
        assertThat(rules.mayWait(site("a.Jobs", "run"))).isTrue();
        replace("enter a.Jobs#run -> /jobs/{0} wait\nenter a.Jobs#run -> hierarchy wait-test /j");
        assertThat(rules.mayWait(site("a.Jobs", "run"))).isTrue();
    }

    /** The methods are woven already, and keep their sites. */
    @Test
    void wordThatIsAddedOrRemovedCountsWithoutWeavingAgain() {
        replace("enter a.Jobs#run -> /jobs/{0}");
        int site = site("a.Jobs", "run");
        assertThat(replace("enter a.Jobs#run -> /jobs/{0} wait")).isFalse();
        assertThat(rules.mayWait(site)).isTrue();
        assertThat(replace("enter a.Jobs#run -> /jobs/{0}")).isFalse();
        assertThat(rules.mayWait(site)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enter http -> /x wait | 1:18: \"wait\" is for rules with a method: requests of"
                        + " http wait without it; expected the end of the line",
                "enter grpc -> /x wait | 1:18: \"wait\" is for rules with a method: requests of"
                        + " grpc wait without it; expected the end of the line",
                "enter a.B#c -> /x wait 2s | 1:24: unexpected text after the rule; expected the end"
                        + " of the line",
                "enter a.B#c -> /x waits | 1:19: unexpected text after the rule; expected the end"
                        + " of the line",
                "thread a -> /x wait | 1:16: unexpected text after the rule; expected the end of"
                        + " the line"
            })
    void wordThatDoesNotFitIsRefused(String line, String error) {
        assertThat(RulesParser.parse("f", line).errors())
                .extracting(each -> each.in("f"))
                .containsExactly("f:" + error);
    }

    /** @return whether methods have to be woven */
    private boolean replace(String file) {
        RulesParser.Parsed parsed = RulesParser.parse("f", file);
        assertThat(parsed.errors()).isEmpty();
        return rules.replace(parsed.rules().entries());
    }

    private int site(String className, String method) {
        return rules.site(className, List.of(), method, List.of("java.lang.String"));
    }
}
