package io.corral.rules.file;

import static io.corral.rules.file.KnownThread.platform;
import static io.corral.rules.file.KnownThread.virtual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.rules.handover.ItemRule;
import io.corral.rules.threads.CheckedRule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesParserTest {

    @Test
    void firstMatchingRuleDecides() {
        RuleSet rules = rules("thread batch-* -> /batch", "thread * -> /rest");
        assertThat(outcome(rules, platform("batch-7"))).isEqualTo("/batch");
        assertThat(outcome(rules, platform("other"))).isEqualTo("/rest");
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1,Pr\u00fcfer,2", "UTF-16,Pruefer,1", "UTF-16LE,Pruefer,1"})
    void textInAnotherCharsetIsRejected(String charset, String name, int line) {
        byte[] bytes = ("-> /x\r\nthread " + name + "-* -> /y").getBytes(Charset.forName(charset));
        assertThatThrownBy(() -> RulesParser.text(new ByteArrayInputStream(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage("line " + line + " is not in UTF-8; save the file in UTF-8");
    }

    @Test
    void textInUtf8IsReadCompletely() throws IOException {
        String text = "thread Pr\u00fcfer-\ud83d\ude00 -> /y";
        assertThat(RulesParser.text(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(text);
        byte[] half = {'a', '\n', (byte) 0xc3};
        assertThatThrownBy(() -> RulesParser.text(new ByteArrayInputStream(half)))
                .hasMessage("line 2 is not in UTF-8; save the file in UTF-8");
    }

    /** A star matches every thread, like a rule without conditions. */
    @Test
    void ruleAfterAStarIsReportedAsUnreachable() {
        assertThat(errors(
                        "thread * -> /rest",
                        "thread batch-* -> /batch",
                        "kind virtual -> hierarchy rules-test /v",
                        "thread * -> hierarchy rules-test /{thread}",
                        "thread * -> hierarchy rules-test /rest",
                        "thread a -> hierarchy other-test /{class}",
                        "thread a -> hierarchy other-test /a",
                        "thread a -> hierarchy other-test /b",
                        "handover * -> off",
                        "handover mail-* -> on"))
                .containsExactly(
                        "f:2:1: unreachable: line 1 already matches every thread",
                        "f:8:1: unreachable: line 7 already matches these threads",
                        "f:10:1: unreachable: line 9 already matches every worker");
    }

    @Test
    void ruleWithTwoKindsIsRejected() {
        assertThat(errors("kind platform kind virtual -> /x"))
                .containsExactly("f:1:15: a second kind; a rule has one at most");
    }

    /** A mistyped path may lead to a file with secrets. */
    @Test
    void onlyTheFirstLineOfAFileWithoutRulesIsQuoted() {
        List<String> errors = errors(
                "# a file of another program", "", "user=app", "password=s3cret", "token: t0k3n");
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0))
                .startsWith("f:3:1: unknown condition \"user=app\"; expected thread, ")
                .endsWith("; none of the 3 lines begins as a rule does: is this the right file?");
    }

    @Test
    void eachUnknownBeginningIsQuotedInAFileWithRules() {
        assertThat(errors("tread a -> /a", "thread b -> /b", "kin virtual -> /c"))
                .extracting(fault -> fault.substring(0, fault.indexOf(';')))
                .containsExactly(
                        "f:1:1: unknown condition \"tread\"", "f:3:1: unknown condition \"kin\"");
        assertThat(errors("tread a -> /a")).singleElement().asString().doesNotContain("lines");
    }

    /** Otherwise it would be a rule for pool's workers with the name "my". */
    @Test
    void nameWithTheWordPoolNeedsQuotationMarks() {
        assertThat(errors("thread my pool -> /x", "class com.acme.* pool -> /x"))
                .extracting(fault -> fault.substring(0, fault.indexOf(';')))
                .containsExactly(
                        "f:1:11: \"pool\" after a pattern without quotation marks",
                        "f:2:18: \"pool\" after a pattern without quotation marks");
        assertThat(errors(
                        "thread \"my pool\" -> /a",
                        "pool thread my -> /b",
                        "thread \"my\" pool -> /c",
                        "thread /m./ pool -> /d"))
                .isEmpty();
    }

    @Test
    void nameOfAWorkerWithASpaceNeedsQuotationMarks() {
        String wrong = "expected -> on or -> off; a pattern with a space stands in quotation marks";
        assertThat(errors(
                        "handover my pool -> off",
                        "handover thread my pool",
                        "handover task my pool -> off"))
                .containsExactly("f:1:13: " + wrong, "f:2:17: " + wrong, "f:3:18: " + wrong);
        assertThat(errors("handover \"my pool\" -> off")).isEmpty();
    }

    @Test
    void errorsOnBothSidesOfTheArrowAreReported() {
        assertThat(errors(
                        "enter com.acme.Orders -> tenants",
                        "handover -> maybe",
                        "kind virt -> x",
                        "kind -> x",
                        "enter htp -> /{route}",
                        "handover /(/ # see a -> b"))
                .extracting(fault -> fault.substring(0, fault.indexOf(' ')))
                .containsExactly(
                        "f:1:7:", "f:1:26:", "f:2:10:", "f:2:13:", "f:3:6:", "f:3:14:", "f:4:6:",
                        "f:4:9:", "f:5:7:", "f:6:12:");
    }

    @Test
    void firstMatchingRuleDecidesInEachHierarchy() {
        RuleSet rules = rules(
                "thread a -> hierarchy rules-test /one",
                "thread * -> /any",
                "thread a* -> hierarchy rules-test /two");
        assertThat(rules.decisions(platform("a")))
                .extracting(CheckedRule::rule, CheckedRule::hierarchy, CheckedRule::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("f:1", "rules-test", "/one"),
                        org.assertj.core.groups.Tuple.tuple("f:2", "main", "/any"));
    }

    @Test
    void ruleMatchesOnlyIfAllItsConditionsHold() {
        RuleSet rules = rules("thread a* kind virtual -> /x");
        assertThat(outcome(rules, virtual("ab"))).isEqualTo("/x");
        assertThat(outcome(rules, platform("ab"))).isNull();
        assertThat(outcome(rules, virtual("b"))).isNull();
    }

    @Test
    void capturedPartsAreCountedAcrossConditions() {
        RuleSet rules = rules("thread /(\\w+)-(\\d+)/ loader * -> /{3}/{1}/n{2}");
        assertThat(outcome(rules, platform("batch-12"))).isEqualTo("/app/batch/n12");
    }

    @Test
    void classPlaceholderIsTheNameWithoutThePackage() {
        RuleSet rules = rules("task com.acme.* -> /jobs/{task}");
        assertThat(outcome(rules, platform("a").running("com.acme.Export")))
                .isEqualTo("/jobs/Export");
        assertThat(outcome(rules, platform("a").running("com.acme.Main$$Lambda/0x0001")))
                .isEqualTo("/jobs/Main$$Lambda");
        assertThat(outcome(rules, platform("a"))).isNull();
    }

    @Test
    void quotedWordsMayContainSpacesAndHashes() {
        RuleSet rules = rules("thread \"a b #*\" -> \"/x y\" # and a comment", "# nothing", "   ");
        assertThat(outcome(rules, platform("a b #1"))).isEqualTo("/x y");
        assertThat(rules.size()).isEqualTo(1);
    }

    @Test
    void expressionMayContainEscapedSlashes() {
        assertThat(outcome(rules("thread /a\\/(b+)/ -> /x/{1}"), platform("a/bb")))
                .isEqualTo("/x/bb");
    }

    @Test
    void inheritAndIgnoreAreReportedAsOutcomes() {
        RuleSet rules = rules("thread a -> inherit", "thread b -> ignore");
        assertThat(outcome(rules, platform("a"))).isEqualTo("inherit");
        assertThat(outcome(rules, platform("b"))).isEqualTo("ignore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", ".", "a/b"})
    void capturedTextThatIsNotAValidNamePlacesNothing(String captured) {
        assertThat(outcome(rules("thread t:* -> /x/{1}"), platform("t:" + captured)))
                .startsWith("not placed: {1} gives");
    }

    @Test
    void messageHasTheNameAsItStandsInTheRule() {
        assertThat(outcome(rules("thread t:*:* -> /x/a-{1}.{2}"), platform("t:1:b/c")))
                .isEqualTo("not placed: a-{1}.{2} gives a name with a '/'");
    }

    @Test
    void controlCharactersOfACapturedTextAreEscaped() {
        assertThat(outcome(rules("thread t:* -> /x/{1}"), platform("t:a\tb\u0000")))
                .isEqualTo("/x/a\\u0009b\\u0000");
    }

    @Test
    void loneSurrogatesOfACapturedTextAreEscaped() {
        assertThat(outcome(rules("thread t:* -> /x/{1}"), platform("t:a\uD83Db\uD83D\uDE80")))
                .isEqualTo("/x/a\\ud83db\uD83D\uDE80");
    }

    @Test
    void nameInAPathIsNormalised() {
        assertThat(outcome(rules("thread t -> /cafe\u0301"), platform("t")))
                .isEqualTo("/caf\u00e9");
    }

    @Test
    void controlCharacterInAPathIsRejected() {
        assertThat(RulesParser.parse("f", "thread t -> /a\u202e")
                        .errors()
                        .get(0)
                        .in("f"))
                .isEqualTo("f:1:14: \"a\u202e\" gives a name with the control character U+202E;"
                        + " expected a container's name");
    }

    @Test
    void threadWithAnUnusableNameIsLeftToLaterRules() {
        RuleSet rules = rules("thread t:* -> /x/{1}", "-> /rest");
        assertThat(rules.decisions(platform("t:a/b")))
                .extracting(CheckedRule::outcome)
                .containsExactly("not placed: {1} gives a name with a '/'", "/rest");
    }

    @Test
    void threadNameCannotLeadToTheJvmsContainers() {
        assertThat(outcome(rules("thread *:* -> /{1}/{2}"), platform("jvm:helpers")))
                .isEqualTo("not placed: /jvm is reserved for the JVM's own threads");
    }

    @Test
    void globMatchesSurrogatePairs() {
        assertThat(outcome(rules("thread \uD83D\uDE80-* -> /rocket"), platform("\uD83D\uDE80-1")))
                .isEqualTo("/rocket");
    }

    @Test
    void byteOrderMarkIsSkipped() {
        assertThat(RulesParser.parse("f", "\uFEFFthread a -> /x").errors()).isEmpty();
    }

    @Test
    void tooLongCapturedTextPlacesNothing() {
        assertThat(outcome(rules("thread * -> /{1}"), platform("x".repeat(300))))
                .contains("300 characters");
    }

    @Test
    void unknownPropertyPlacesNothing() {
        assertThat(outcome(rules("thread * -> /{task}"), platform("a")))
                .isEqualTo("not placed: {task} is unknown");
    }

    @Test
    void expressionThatTakesTooLongMatchesNoThread() {
        RuleSet rules = rules("thread /(a|a)*b/ -> /x", "thread * -> /rest");
        assertThat(outcome(rules, platform("a".repeat(200)))).isEqualTo("/rest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "thread a kind virt -> /x;15;unknown thread kind \"virt\"; expected platform,"
                        + " virtual or any",
                "nmae a -> /x;1;unknown condition \"nmae\"; expected thread, class, task, group,"
                        + " loader, origin, starter, pool, kind, late, ->, name, enter, handover or"
                        + " limit",
                "thread a;9;the rule is incomplete; expected thread, class, task, group, loader,"
                        + " origin, starter, pool, kind, late or ->",
                "thread my thread -> /x;18;expected a glob or a /regular expression/ after thread",
                "thread my queue -> /x;11;unknown condition \"queue\"; a pattern with a space"
                        + " stands in quotation marks; expected thread, class, task, group, loader,"
                        + " origin, starter, pool, kind, late or ->",
                "thread \"my queue\" knd any -> /x;19;unknown condition \"knd\"; expected thread,"
                        + " class,",
                "thread /my.queue/ knd any -> /x;19;unknown condition \"knd\"; expected thread,"
                        + " class,",
                "thread a kind any knd -> /x;19;unknown condition \"knd\"; expected thread, class,",
                "thread -> /x;8;expected a glob or a /regular expression/ after thread",
                "thread a ->;12;unknown outcome \"\"; expected a path that begins with '/', inherit"
                        + " or ignore",
                "thread a -> x;13;unknown outcome \"x\"; expected a path that begins with '/',"
                        + " inherit or ignore",
                "thread a -> /x/;16;an empty name in the path; expected names joined by single '/'",
                "thread a -> /x//y;16;an empty name in the path; expected names joined by single"
                        + " '/'",
                "thread a -> /x/..;16;\"..\" gives the name \"..\", which is reserved; expected a"
                        + " container's name",
                "thread a -> /jvm/gc;13;/jvm is reserved for the JVM's own threads; expected"
                        + " another path",
                "thread a -> /x y;16;unexpected text after the rule; expected the end of the line",
                "thread a -> /x/{1};16;{1} where nothing is captured; expected a star in a glob or"
                        + " a group in an expression for each",
                "thread *-* -> /x/{3};18;{3} where 2 parts are captured; expected a star in a glob"
                        + " or a group in an expression for each",
                "thread a -> /x{;15;a brace that is not closed",
                "enter a.B#c -> /{0.get(X Y)};17;a brace that is not closed",
                "thread a -> /{me};14;unknown placeholder {me}; expected {name}, {thread}, {class},"
                        + " {task}, {group}, {loader}, {origin}, {starter}, {virtual} or the number"
                        + " of what was captured, {1} being the first",
                "thread \"a -> /x;8;the closing quotation mark is missing",
                "thread /a -> x;8;the closing slash is missing",
                "thread /a/b -> /x;11;expected a space after the closing slash",
                "thread \"a\"b -> /x;11;expected a space after the closing quotation mark",
                "handover a.Q#add;10;\"a.Q#add\" names no method with an item",
                "thread /a(/ -> /x;11;Unclosed group; expected a Java regular expression",
                "handover task -> off;15;expected a glob or a /regular expression/ after task",
                "handover a.Q#add(item);10;\"a.Q#add(item)\" names no method with an item; expected"
                        + " a method and the argument that is the item, as in"
                        + " com.acme.Serial#execute({0}), or {this}",
                "handover java.util.ArrayDeque#add({0});10;methods of the JDK and of Corral can't"
                        + " be named; expected a class of the application",
                "handover a.Q#<init>({0}) run a.Q#run({this});10;a constructor's item is {this}",
                "handover a.Q#<init>({this});28;expected run, and the method that runs the item",
                "handover a.Q#add({0}) run a.Q#<init>({this});27;a constructor runs no item;"
                        + " expected a method",
                "handover a.Q#add({0}) -> on;26;unknown outcome; expected off, or the end of the"
                        + " line",
                "handover a.Q#add({0}) /x;23;unexpected text after the rule; expected the end of"
                        + " the line",
                "-> hierarchy a/b /x;14;\"a/b\" gives a name with a '/'; expected a hierarchy's"
                        + " name",
            })
    void errorNamesItsLineAndColumn(String line, int column, String what) {
        // The separator occurs in messages as well.
        List<RuleError> errors = RulesParser.parse("f", "\n" + line).errors();
        assertThat(errors).extracting(RuleError::line).containsExactly(2);
        assertThat(errors.get(0).column()).isEqualTo(column);
        assertThat(errors.get(0).what()).startsWith(what);
    }

    @Test
    void rulesForExecutorsNameTheMethodsOfTheirItems() {
        assertThat(errors(
                        "handover a.Q#add({0})",
                        "handover a.Q$R#add({1}) run b.S#run({this})   # of two ends",
                        "handover a.Task#<init>({this}) run a.Task#run({this})",
                        "handover c.Known#execute({0}) -> off",
                        "handover task a.Task -> off",
                        "handover a#b -> off"))
                .isEmpty();
        assertThat(errors("handover a.Q#add({0})", "handover a.Q#add({0}) -> off"))
                .containsExactly("f:2:1: unreachable: line 1 already matches these methods");
    }

    @Test
    void messageShowsHowToWriteSpacesAndQuotationMarks() {
        assertThat(errors("enter a.B#c -> /{0.get(X Y)}", "thread /a/b -> /x").toString())
                .contains("a path with a space stands in quotation marks; expected {0}")
                .contains("write a backslash before one that is part of the text");
    }

    @Test
    void ruleWhoseClassIsNotLoadedIsReported() {
        ItemRule rule = RulesParser.parse("f", "handover com.acme.Seriel#execute({0})")
                .rules()
                .items()
                .get(0);
        assertThat(rule.unusedMessage())
                .isEqualTo("f:1: the class of com.acme.Seriel#execute({0}) is not loaded, so this"
                        + " rule hands nothing over; check the name");
    }

    @Test
    void allErrorsAreReported() {
        assertThat(RulesParser.parse("f", "thread a kind virt -> x\nthread b -> /y\nboo")
                        .errors())
                .extracting(error -> error.in("f"))
                .containsExactly(
                        "f:1:15: unknown thread kind \"virt\"; expected platform, virtual or any",
                        "f:1:23: unknown outcome \"x\"; expected a path that begins with '/',"
                                + " inherit or ignore",
                        "f:3:1: unknown condition \"boo\"; expected thread, class, task, group,"
                                + " loader, origin, starter, pool, kind, late, ->, name, enter,"
                                + " handover or limit");
    }

    @Test
    void ruleAfterOneThatMatchesAllIsReportedAsUnreachable() {
        assertThat(RulesParser.parse(
                                "f",
                                "-> /all\nthread a -> /x\nthread a -> hierarchy never-reached /x")
                        .errors())
                .extracting(error -> error.in("f"))
                .containsExactly("f:2:1: unreachable: line 1 already matches every thread");
    }

    @Test
    void ruleWithEqualConditionsIsReportedAsUnreachable() {
        assertThat(RulesParser.parse("f", "thread a -> /x\nthread a -> /y").errors())
                .extracting(error -> error.in("f"))
                .containsExactly("f:2:1: unreachable: line 1 already matches these threads");
    }

    private static List<String> errors(String... lines) {
        return RulesParser.parse("f", String.join("\n", lines)).errors().stream()
                .map(error -> error.in("f"))
                .toList();
    }

    private static RuleSet rules(String... lines) {
        RulesParser.Parsed parsed = RulesParser.parse("f", String.join("\n", lines));
        assertThat(parsed.errors()).isEmpty();
        return parsed.rules();
    }

    private static @org.jspecify.annotations.Nullable String outcome(
            RuleSet rules, KnownThread thread) {
        List<CheckedRule> decisions = rules.decisions(thread);
        return decisions.isEmpty() ? null : decisions.get(0).outcome();
    }
}
