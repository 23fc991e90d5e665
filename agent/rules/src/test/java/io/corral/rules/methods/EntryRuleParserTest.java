package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.rules.file.LoggedLines;
import io.corral.rules.file.RuleError;
import io.corral.rules.file.RuleSet;
import io.corral.rules.file.RulesParser;
import io.corral.runtime.container.Destination;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryRuleParserTest {

    private static final List<String> STRING_AND_INT = List.of("java.lang.String", "int");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            com.acme.Orders#handle                           | true
            com.acme.Orders#handle(java.lang.String, int)    | true
            com.acme.Orders#handle(String, int)              | true
            com.acme.Orders#handle( java.lang.String , .. )  | true
            com.acme.Orders#handle(..)                       | true
            com.acme.Orders#handle(*, *)                     | true
            com.acme.*#h*                                    | true
            com.acme.Order?#handle                           | true
            com.acme.Handler+#handle                         | true
            java.lang.Object+#handle                         | true
            com.acme.Handler#handle                          | false
            com.acme.Orders#handle()                         | false
            com.acme.Orders#handle(*)                        | false
            com.acme.Orders#handle(*, *, ..)                 | true
            com.acme.Orders#handle(*, *, *, ..)              | false
            com.acme.Orders#handle(String, long)             | false
            com.acme.Orders#handl                            | false
            com.acme.Order#handle                            | false
            """)
    void methodMatchesByClassNameAndParameters(String pattern, boolean takes) {
        EntryRule rule = rule("enter " + pattern + " -> /x");
        assertThat(rule.target()
                        .matchesMethod(
                                "com.acme.Orders",
                                List.of("com.acme.Handler", "java.lang.Object"),
                                "handle",
                                STRING_AND_INT))
                .isEqualTo(takes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            com.acme.Outer$Middle$Inner[] | true
            com.acme.Outer.Middle.Inner[] | true
            Outer$Middle$Inner[]          | true
            Outer.Middle.Inner[]          | true
            com.acme.Outer$Middle.Inner[] | true
            Middle.Inner[]                | true
            Inner[]                       | true
            com.acme.Inner[]              | false
            acme.Outer.Middle.Inner[]     | false
            Outer.Inner[]                 | false
            ner[]                         | false
            Inner                         | false
            other.Outer.Middle.Inner[]    | false
            """)
    void nestedClassMatchesWithDots(String parameter, boolean takes) {
        EntryRule rule = rule("enter com.acme.Orders#handle(" + parameter + ") -> /x");
        List<String> types = List.of("com.acme.Outer$Middle$Inner[]");
        assertThat(rule.target().matchesMethod("com.acme.Orders", List.of(), "handle", types))
                .isEqualTo(takes);
    }

    @Test
    void unusedMessageMentionsParametersIfTheRuleNamesThem() {
        assertThat(rule("enter com.acme.Orders#handle -> /x").unusedMessage())
                .contains(" has such a method and a body for it; name the class ");
        assertThat(rule("enter com.acme.Orders#handle(..) -> /x").unusedMessage())
                .contains(" has such a method and a body for it; name the class ");
        assertThat(rule("enter com.acme.Orders#handle() -> /x").unusedMessage())
                .contains(" with these parameters ");
        assertThat(rule("enter com.acme.Orders#handle(int) -> /x").unusedMessage())
                .contains(" has such a method with these parameters and a body for it; ");
        assertThat(rule("enter com.acme.Orders+#handle(int) -> /x").unusedMessage())
                .endsWith(" has such a method with these parameters and a body for it");
    }

    @Test
    void mostClassesAreExcludedByTheirNameAlone() {
        EntryTarget named = rule("enter com.acme.*#handle -> /x").target();
        assertThat(named.mayMatchClass("com.acme.Orders")).isTrue();
        assertThat(named.mayMatchClass("com.other.Orders")).isFalse();
        EntryTarget bySupertype = rule("enter com.acme.Handler+#handle -> /x").target();
        assertThat(bySupertype.mayMatchClass("com.other.Orders")).isTrue();
        EntryTarget http = rule("enter http -> /{method}").target();
        assertThat(http.mayMatchClass("org.eclipse.jetty.server.Server")).isTrue();
        assertThat(http.mayMatchClass("com.acme.Orders")).isFalse();
    }

    /**
     * The later rule gets executions for which the earlier rule's placeholder has no usable value.
     */
    @Test
    void laterRuleForTheSameMethodsIsReachableAfterARuleWithAPlaceholder() {
        String text = String.join(
                "\n",
                "enter http -> /tenants/{header.X-Tenant}",
                "enter http -> /tenants/{query.tenant}",
                "enter http -> /anonymous",
                "enter http -> /nobody",
                "enter a.B#c -> /x/{0}",
                "enter a.B#c -> /x/{0}");
        assertThat(RulesParser.parse("f", text).errors())
                .extracting(error -> error.in("f"))
                .containsExactly(
                        "f:4:1: unreachable: line 3 already matches these methods",
                        "f:6:1: unreachable: line 5 already matches these methods");
    }

    @Test
    void rulesForTheSameMethodsNeedNoWeaving() {
        EntryRuleSet rules = new EntryRuleSet();
        assertThat(rules.replace(List.of(rule("enter a.B#c -> /x/{0}")))).isTrue();
        int site = rules.site("a.B", List.of(), "c", STRING_AND_INT);
        rules.releaseUnmatched();
        assertThat(rules.replace(List.of(rule("enter a.B#c -> /entries-test/{0}"))))
                .isFalse();
        assertThat(rules.unused()).isEmpty();
        assertThat(rules.destination(site, Object.class, null, new Object[] {"one", 1}, null))
                .hasToString("main:/entries-test/one");
        assertThat(rules.replace(List.of(rule("enter a.B#d -> /x/{0}")))).isTrue();
        rules.releaseUnmatched();
        assertThat(rules.destination(site, Object.class, null, new Object[] {"one", 1}, null))
                .isNull();
        assertThat(rules.unused()).hasSize(1);
    }

    /** An application may generate classes without end, so they must not each take a number. */
    @Test
    void classesShareANumberIfNoRuleUsesTheirName() {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(List.of(rule("enter a.B+#c -> /x")));
        List<String> supertypes = List.of("a.B");
        assertThat(rules.site("Script1", supertypes, "c", List.of()))
                .isEqualTo(rules.site("Script2", supertypes, "c", List.of()));
        rules.replace(List.of(rule("enter a.B+#c -> /x/{class}")));
        assertThat(rules.site("Script1", supertypes, "c", List.of()))
                .isNotEqualTo(rules.site("Script2", supertypes, "c", List.of()));
    }

    /** A shell, for example, generates a class for each line that it is given. */
    @Test
    void generatedClassesShareANumberAboveTheLimit() {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(List.of(rule("enter a.B+#c -> /entries-test/{class}")));
        Set<Integer> sites = new HashSet<>();
        for (int i = 0; i < 12_000; i++) {
            sites.add(rules.site("Script" + i, List.of("a.B"), "c", List.of()));
        }
        assertThat(sites).hasSize(10_001);
        assertThat(rules.site("Script7", List.of("a.B"), "c", List.of())).isEqualTo(7);
        int last = rules.site("Script12000", List.of("a.B"), "c", List.of());
        assertThat(rules.destination(last, Object.class, null, new Object[0], null))
                .hasToString("main:/entries-test/other");
    }

    /** Sites above the limit are not shared with other rules, and never with servers. */
    @Test
    void generatedClassesOfOneRuleDoNotAffectOtherRules() {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(RulesParser.parse(
                        "f",
                        String.join(
                                "\n",
                                "enter a.B+#c -> /entries-test/scripts/{class}",
                                "enter a.J+#c -> /entries-test/jobs/{class}",
                                "enter http -> /entries-test/{header.X-Tenant}"))
                .rules()
                .entries());
        for (int i = 0; i < 10_000; i++) {
            rules.site("Script" + i, List.of("a.B"), "c", List.of());
        }
        int script = rules.site("Script10000", List.of("a.B"), "c", List.of());
        int job = rules.site("Job0", List.of("a.J"), "c", List.of());
        assertThat(rules.destination(script, Object.class, null, new Object[0], null))
                .hasToString("main:/entries-test/scripts/other");
        assertThat(rules.destination(job, Object.class, null, new Object[0], null))
                .hasToString("main:/entries-test/jobs/other");
        int server = rules.site(
                "com.sun.net.httpserver.Filter$Chain",
                List.of(),
                "doFilter",
                List.of("com.sun.net.httpserver.HttpExchange"));
        Object exchange = Map.of("requestHeaders", new Headers());
        assertThat(rules.destination(server, Object.class, null, new Object[] {exchange}, null))
                .hasToString("main:/entries-test/acme");
    }

    public static final class Headers {

        public String getFirst(String name) {
            return "acme";
        }
    }

    /** The scope frame then need not be written. */
    @Test
    void knownDestinationIsReused() {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(RulesParser.parse(
                        "f",
                        "enter a.B#c -> /entries-test/{0}\nenter a.B#c -> hierarchy entries-test"
                                + " /{0}")
                .rules()
                .entries());
        int site = rules.site("a.B", List.of(), "c", List.of("java.lang.String"));
        Destination one = rules.destination(site, Object.class, null, new Object[] {"one"}, null);
        assertThat(one).hasToString("main:/entries-test/one and entries-test:/one");
        assertThat(rules.destination(site, Object.class, null, new Object[] {"one"}, one))
                .isSameAs(one);
        Destination two = rules.destination(site, Object.class, null, new Object[] {"two"}, one);
        assertThat(two).hasToString("main:/entries-test/two and entries-test:/two");
        assertThat(rules.destination(site, Object.class, null, new Object[] {"one"}, two))
                .isNotSameAs(two);
    }

    @Test
    void ruleReportsThatItsContainerLimitIsReached() {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(List.of(rule("enter a.B#c -> hierarchy entries-many /{0}/{1}")));
        int site = rules.site("a.B", List.of(), "c", STRING_AND_INT);
        List<String> logged = LoggedLines.during(() -> {
            for (int i = 0; i < 11_000; i++) {
                rules.destination(site, Object.class, null, new Object[] {"a" + i % 20, i}, null);
            }
        });
        assertThat(logged)
                .containsExactly("f:1: the rule has 10000 containers, ten times the option places;"
                        + " further values go to \"other\" until there are fewer (logged once)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            enter com.acme.Orders -> /x              | 7  | no method in "com.acme.Orders"; \
            expected http, grpc or a method
            enter #handle -> /x                      | 7  | no class name; expected http, grpc or \
            a method
            enter com.acme.Orders# -> /x             | 23 | no method name; expected http, grpc or \
            a method
            enter com.acme.Orders#<init> -> /x       | 23 | "<" in a method name; expected http, \
            grpc or a method
            enter com/acme#handle -> /x              | 10 | "/" in a class name; expected http, \
            grpc or a method
            enter java.util.ArrayList#add -> /x      | 7  | methods of the JDK and of Corral can't \
            be entered; expected
            enter a.B#c(int -> /x                    | 12 | a parenthesis that is not closed; \
            expected ')'
            enter a.B#c(int) d -> /x                 | 17 | unexpected text after the method; \
            expected ->
            enter a.B#c(.., int) -> /x               | 17 | unexpected text after ".."; expected ')'
            enter a.B#c(1-2) -> /x                   | 13 | "1-2" is not a type; expected a class \
            name
            enter a.B#c /x                           | 15 | the rule is incomplete; expected ->
            enter http => /x                         | 12 | unknown arrow "=>"; expected ->
            enter a.B#c(int, long) → /x              | 24 | unknown arrow "→"; expected ->
            enter a.B#c -> x                         | 16 | unknown outcome "x"; expected a path \
            that begins with '/'
            enter a.B#c -> inherit                   | 16 | unknown outcome "inherit"; expected a \
            path
            enter a.B#c -> /jvm/x                    | 16 | /jvm is reserved for the JVM's own \
            threads; expected another path
            enter a.B#c -> /{1x}                     | 17 | unknown placeholder {1x}; expected {0} \
            for the first argument
            enter a.B#c(int) -> /{1}                 | 22 | {1} where the method has 1 parameter; \
            expected
            enter a.B#c -> /{route}                  | 17 | {route} is for rules that begin with \
            enter http; expected {0}
            enter http -> /{cookie}                  | 16 | {cookie} has no name; expected \
            {cookie.NAME}
            enter http -> /{path.}                   | 16 | {path.} has no number; expected {path.1}
            enter http -> /{0}                       | 16 | unknown placeholder {0}; expected \
            {method}, {route}
            enter http -> /x-{route}                 | 16 | {route} is a path; expected it between \
            slashes
            enter http -> /x y                       | 18 | unexpected text after the rule; \
            expected the end of the line
            handover                                 | 9  | expected a glob or a /regular \
            expression/ after handover
            handover a                               | 11 | expected -> on or -> off; a pattern \
            with a space stands in quotation marks
            handover a -> maybe                      | 15 | unknown outcome "maybe"; expected on \
            or off
            """)
    void errorNamesItsColumn(String line, int column, String what) {
        List<RuleError> errors = RulesParser.parse("f", line).errors();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).what()).startsWith(what);
        assertThat(errors.get(0).column()).isEqualTo(column);
    }

    @Test
    void secondRuleForTheSameMethodsAndHierarchyIsReportedAsUnreachable() {
        List<RuleError> errors = RulesParser.parse(
                        "f",
                        String.join(
                                "\n",
                                "enter a.B#c -> /x",
                                "enter a.B#c -> hierarchy other-entries /x",
                                "enter a.B#c -> /y",
                                "handover w -> off",
                                "handover w -> on"))
                .errors();
        assertThat(errors)
                .extracting(error -> error.in("f"))
                .containsExactly(
                        "f:3:1: unreachable: line 1 already matches these methods",
                        "f:5:1: unreachable: line 4 already matches these workers");
    }

    @Test
    void firstMatchingHandOverRuleDecides() {
        RuleSet rules = RulesParser.parse("f", "handover a-1 -> on\nhandover a-* -> off")
                .rules();
        assertThat(rules.chargesTasksToPool(new Thread("a-1"))).isFalse();
        assertThat(rules.chargesTasksToPool(new Thread("a-2"))).isTrue();
        assertThat(rules.chargesTasksToPool(new Thread("b"))).isFalse();
    }

    private static EntryRule rule(String line) {
        RulesParser.Parsed parsed = RulesParser.parse("f", line);
        assertThat(parsed.errors()).as(line).isEmpty();
        return parsed.rules().entries().get(0);
    }
}
