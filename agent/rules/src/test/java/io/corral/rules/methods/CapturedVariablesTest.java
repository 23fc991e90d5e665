package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.rules.file.RulesParser;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables that lambdas have captured. */
class CapturedVariablesTest {

    private static final List<String> NAMES = List.of("order", "tenant");

    @ParameterizedTest
    @CsvSource({
        "{captured.tenant}, acme",
        "{captured.1}, acme",
        "{captured.order.id}, 7",
        "{captured.0[id]}, 7",
        "{0}, argument",
        "{captured.tenant}-{0}, acme-argument",
    })
    void variableIsReadByItsNameOrNumber(String placeholder, String name) {
        assertThat(destination(rules(placeholder), NAMES)).isEqualTo("main:/captured-test/" + name);
    }

    @Test
    void variableWithoutDebugInformationIsReadByItsNumber() {
        assertThat(destination(rules("{captured.1}"), List.of("", "")))
                .isEqualTo("main:/captured-test/acme");
    }

    /** So a rule picks one of several lambdas in a method. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {captured.tenant} | order | captures tenant: such a method makes one that captures order
            {captured.2} | order;tenant | captures 2: such a method makes one that captures order, \
            tenant
            {captured.tenant} | '' | captures tenant: such a method makes one that captures nothing
            {captured.tenant} | ?;? | captures tenant: such a method makes one that captures 2 \
            without their names: write {captured.0} for the first one
            """)
    void lambdaThatHasNotCapturedTheVariableDoesNotMatch(
            String placeholder, String captured, String message) {
        EntryRuleSet rules = rules(placeholder);
        assertThat(site(rules, names(captured))).isNegative();
        assertThat(rules.unused())
                .containsExactly(
                        "f:1: the rule for lambda a.B#c matched no lambda that " + message);
    }

    /** A question mark is a variable without a name. */
    private static List<String> names(String captured) {
        return captured.isEmpty()
                ? List.of()
                : Stream.of(captured.split(";", -1))
                        .map(name -> name.equals("?") ? "" : name)
                        .toList();
    }

    @Test
    void rulesWithOtherVariablesNeedWeaving() {
        EntryRuleSet rules = rules("{captured.tenant}");
        assertThat(rules.replace(parsed("{captured.tenant}"))).isFalse();
        assertThat(rules.replace(parsed("{captured.order}"))).isTrue();
    }

    private static EntryRuleSet rules(String placeholder) {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(parsed(placeholder));
        return rules;
    }

    private static List<EntryRule> parsed(String placeholder) {
        RulesParser.Parsed parsed =
                RulesParser.parse("f", "enter lambda a.B#c -> /captured-test/" + placeholder);
        assertThat(parsed.errors()).isEmpty();
        return parsed.rules().entries();
    }

    private static int site(EntryRuleSet rules, List<String> captured) {
        return rules.site("a.B", List.of(), "c", List.of("java.lang.String"), captured);
    }

    private static String destination(EntryRuleSet rules, List<String> captured) {
        Object[] arguments = {Map.of("id", 7), "acme", "argument"};
        return String.valueOf(
                rules.destination(site(rules, captured), Object.class, null, arguments, null));
    }
}
