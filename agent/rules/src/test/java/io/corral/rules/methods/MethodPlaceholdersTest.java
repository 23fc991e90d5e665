package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.rules.file.LoggedLines;
import io.corral.rules.file.RuleError;
import io.corral.rules.file.RulesParser;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a placeholder reads of an argument, and what a rule takes of the value. */
class MethodPlaceholdersTest {

    /** An argument as frameworks have them. */
    public static final class Request {

        public final Map<String, String> properties =
                Map.of("spark.jobGroup.id", "nightly", "a key", "spaced");
        public final List<String> topics = List.of("orders", "mails");
        public final String[] roles = {"admin"};
        public final int[] numbers = {7, 8};
        public final Collection<String> set = new LinkedHashSet<>(List.of("x", "y"));
        public final Optional<String> user = Optional.of("ann");
        public final Optional<String> nobody = Optional.empty();
        public final Optional<Optional<String>> nested = Optional.of(user);
        public final Optional<Optional<String>> nestedNobody = Optional.of(nobody);
        public final String path = "/acme/orders/17";
        public final String key = "acme:17";
        public final byte[] bytes = "utf-ä".getBytes(StandardCharsets.UTF_8);
        public final Headers headers = new Headers();
        public final Properties inherited = new Properties(new Properties());
        public final String huge = "h".repeat(1 << 20);
        public final String deep = "/d".repeat(1 << 19);

        public Object get(Object any) {
            return "object " + any;
        }

        public String failing(String name) {
            throw new IllegalStateException("closed");
        }
    }

    /** As Vert.x and Netty have it: a text and a sequence. */
    public static final class Headers {

        public String get(Object any) {
            return "object";
        }

        public String get(CharSequence name) {
            return "sequence";
        }

        public String get(String name) {
            return name.equals("X-Tenant") ? "acme" : null;
        }

        public Optional<String> first(CharSequence name) {
            return Optional.of("first " + name);
        }

        private String secret(String name) {
            return name;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            {0.headers.get(X-Tenant)};             acme
            {0.headers.get("X-Tenant")};           acme
            {0.headers.first(a/b)};                not placed: first a/b has a slash
            {0.get(x)};                            object x
            {0.properties[spark.jobGroup.id]};     nightly
            {0.properties["spark.jobGroup.id"]};   nightly
            "{0.properties[a key]}";               spaced
            {0.topics[0]};                         orders
            {0.topics[1]}-{0.roles[0]};            mails-admin
            {0.numbers[1]};                        8
            {0.set[1]};                            y
            {0.user};                              ann
            {0.user.length};                       3
            {0.nested};                            ann
            {0.nested.length};                     3
            {0.bytes};                             utf-ä
            {0.path|path};                         acme/orders/17
            {0.path|first};                        acme
            {0.key|*:*};                           acme
            {0.key|/(\\w+):(\\d{2})/};             acme
            {0.key|/\\w+:(\\d{2})/}-{0.key|first}; 17-acme:17
            """)
    void valueIsRead(String placeholder, String expected) {
        String path = placeholder.startsWith("\"")
                ? "\"/placeholders-test/" + placeholder.substring(1)
                : "/placeholders-test/" + placeholder;
        String outcome = placed(path);
        if (expected.startsWith("not placed")) {
            assertThat(outcome).startsWith("f:1: ").contains("gives a name with a '/'");
        } else {
            assertThat(outcome).isEqualTo("main:/placeholders-test/" + expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            {0.headers.get(Other)};  {0.headers.get(Other)} is null
            {0.headers.secret(x)};   $Headers has no "secret(x)" that can be read
            {0.headers.getter(x)};   $Headers has no "getter(x)" that can be read
            {0.failing(x)};          {0.failing(x)} has thrown java.lang.IllegalStateException: \
            closed
            {0.topics[2]};           {0.topics[2]} is null
            {0.topics[two]};         has elements by number only
            {0.roles[1]};            {0.roles[1]} is null
            {0.key[1]};              java.lang.String has no elements
            {0.nobody};              {0.nobody} is null
            {0.nestedNobody};        {0.nestedNobody} is null
            {0.nobody.length};       {0.nobody.length} is null before "length"
            {0.inherited[x]};        {0.inherited[x]} is null
            {0.huge};                gives a name of 1048576 characters; at most 255 are allowed
            {0.huge|path};           gives a name of 1048576 characters; at most 255 are allowed
            {0.deep|path};           {0.deep|path} gives a path of more than 16 names
            """)
    void unusableValueIsReportedOnceAndLeavesTheExecutionWhereItIs(
            String placeholder, String message) {
        assertThat(placed("/placeholders-test/" + placeholder))
                .startsWith("f:1: ")
                .contains(message);
    }

    @Test
    void valueThatAPatternDoesNotMatchIsLeftToTheNextRule() {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(RulesParser.parse(
                        "f",
                        "enter a.B#c -> /placeholders-test/{0|*:*}\n"
                                + "enter a.B#c -> /placeholders-test/none")
                .rules()
                .entries());
        int site = rules.site("a.B", List.of(), "c", List.of("java.lang.String"));
        List<String> logged = LoggedLines.during(() -> {
            assertThat(rules.destination(site, Object.class, null, new Object[] {"x:1"}, null))
                    .hasToString("main:/placeholders-test/x");
            assertThat(rules.destination(site, Object.class, null, new Object[] {"y"}, null))
                    .hasToString("main:/placeholders-test/none");
        });
        assertThat(logged).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            /x/{0.a.};          20; unknown placeholder {0.a.}; expected {0} for the first argument
            /x/{0.get()};       20; unknown placeholder {0.get()}; expected
            /x/{0.a[};          20; unknown placeholder {0.a[}; expected
            /x/{0.a["b]};       20; a brace that is not closed; expected
            /x/{0a};            20; unknown placeholder {0a}; expected
            /x/{0|whole};       23; "whole" captures nothing; expected path, first, a glob with a \
            star
            /x/{0|/(/};         23; Unclosed group; expected a Java regular expression
            /x/{0|/a};          20; a brace that is not closed; expected
            /x/a{0|path};       20; {0|path} is a path; expected it between slashes, with nothing \
            else
            """)
    void errorNamesItsColumn(String path, int column, String what) {
        List<RuleError> errors =
                RulesParser.parse("f", "enter a.B#c  -> " + path).errors();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).what()).startsWith(what);
        assertThat(errors.get(0).column()).isEqualTo(column);
    }

    /** The container, or the line that was logged. */
    private static String placed(String path) {
        RulesParser.Parsed parsed = RulesParser.parse("f", "enter a.B#c -> " + path);
        assertThat(parsed.errors()).isEmpty();
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(parsed.rules().entries());
        int site = rules.site("a.B", List.of(), "c", List.of("Request"));
        String[] destination = new String[1];
        List<String> logged = LoggedLines.during(() -> {
            for (int i = 0; i < 2; i++) {
                destination[0] = String.valueOf(rules.destination(
                        site, Object.class, null, new Object[] {new Request()}, null));
            }
        });
        assertThat(logged).hasSizeLessThan(2);
        return logged.isEmpty() ? destination[0] : logged.get(0);
    }
}
