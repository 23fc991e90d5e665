package io.corral.rules.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.rules.methods.EntryRule;
import io.corral.rules.threads.CheckedRule;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random texts are parsed into rules or errors, and random thread names are placed or not. */
class RulesFuzzTest {

    /** The profile {@code stress} tries 100,000. */
    private static final int INPUTS = Integer.getInteger("corral.fuzz.inputs", 2_000);

    /** Pieces of rules, so that some texts are valid. */
    private static final String[] PIECES = {
        "thread",
        "class",
        "task",
        "group",
        "loader",
        "kind",
        "platform",
        "virtual",
        "any",
        "->",
        "enter",
        "handover",
        "limit",
        "/a/*",
        "fair",
        "weight",
        "cpu.max",
        "20%",
        "20000 100000",
        "requests.max",
        "threads.max",
        "max",
        "wait",
        "2s",
        "mode",
        "monitor",
        "http",
        "com.acme.Orders+#handle",
        "a.B#c(int, ..)",
        "#",
        "(",
        ")",
        "on",
        "off",
        "{0}",
        "{0.a.b}",
        "{this.a}",
        "{route}",
        "{method}",
        "{header.A}",
        "{query.}",
        "hierarchy",
        "inherit",
        "ignore",
        "/",
        "/a",
        "/a/{1}",
        "{",
        "}",
        "{2}",
        "{thread}",
        "*",
        "?",
        "\"",
        "\"a b\"",
        "#",
        "\\",
        "/(a|a)*b/",
        "/(x+x+)+y/",
        "/[/",
        "/\\d+/",
        "..",
        "\t",
        "\n",
        "\r",
        "\u0000",
        "\uD83D",
        "é",
        "a",
        "1",
        " "
    };

    private static final String[] BEGINNINGS = {
        "thread ", "enter ", "handover ", "thread *-* ", "enter a.B#c(int, ..) ", "enter http "
    };

    private static final String[] LIMITS = {
        "limit /a/* fair ", "limit /a weight 3 ", "limit hierarchy a /* ", "limit /a* cpu.max "
    };

    private static final String NAMES = "ax/*?\\{}1-. \t\u0000\u00e9\uD83D";

    @Test
    @Timeout(120)
    void randomTextsAndNamesNeverThrow() {
        Random random = new Random(1);
        int right = 0;
        int tried = 0;
        int limited = 0;
        for (int i = 0; i < INPUTS; i++) {
            String text = text(random);
            RulesParser.Parsed parsed = RulesParser.parse("f", text);
            right += parsed.rules().size();
            for (RuleError error : parsed.errors()) {
                assertThat(error.line()).as(text).isPositive();
                assertThat(error.column()).as(text).isBetween(1, text.length() + 2);
                assertThat(error.what()).as(text).isNotBlank();
            }
            KnownThread thread = random.nextBoolean()
                    ? KnownThread.platform(name(random))
                    : KnownThread.virtual(name(random));
            parsed.rules().chargesTasksToPool(new Thread(thread.name()));
            limited += parsed.rules().limits().size();
            parsed.rules().limits().settings("main", new String[] {name(random)});
            for (EntryRule rule : parsed.rules().entries()) {
                tried++;
                rule.target().mayMatchClass(thread.name());
                rule.target()
                        .matchesMethod(
                                thread.name(), List.of(name(random)), name(random), List.of("int"));
            }
            for (CheckedRule decision : parsed.rules().decisions(thread)) {
                assertThat(decision.outcome()).matches("(?s)/.*|inherit|ignore|not placed: .*");
            }
        }
        // Otherwise the test tried nothing.
        assertThat(right).isGreaterThan(INPUTS / 100);
        assertThat(tried).isPositive();
        assertThat(limited).isGreaterThan(INPUTS / 100);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        boolean sensible = random.nextBoolean();
        int pieces = random.nextInt(12);
        if (random.nextInt(4) == 0) {
            text.append(LIMITS[random.nextInt(LIMITS.length)]);
        } else if (sensible) {
            String beginning = BEGINNINGS[random.nextInt(BEGINNINGS.length)];
            boolean isWhole = beginning.indexOf(' ') < beginning.length() - 1;
            text.append(beginning)
                    .append(isWhole ? "" : PIECES[random.nextInt(PIECES.length)])
                    .append(" -> ");
        }
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
            text.append(random.nextInt(3) == 0 ? "" : " ");
            if (sensible && random.nextBoolean()) {
                break;
            }
        }
        return text.toString();
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        int length = random.nextInt(40);
        char repeated = NAMES.charAt(random.nextInt(NAMES.length()));
        for (int i = 0; i < length; i++) {
            name.append(
                    random.nextInt(4) == 0
                            ? NAMES.charAt(random.nextInt(NAMES.length()))
                            : repeated);
        }
        return name.toString();
    }
}
