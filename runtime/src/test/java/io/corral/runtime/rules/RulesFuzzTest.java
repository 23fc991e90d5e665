package io.corral.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is in a file is a rule or a problem, and whatever a thread is called is placed or is not. */
class RulesFuzzTest {

    private static final int INPUTS = 100_000;

    /** Pieces of rules, so that some hold together. */
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

    private static final String NAMES = "ax/*?\\{}1-. \t\u0000\u00e9\uD83D";

    @Test
    @Timeout(120)
    void noTextAndNoNameIsTooMuch() {
        Random random = new Random(1);
        int right = 0;
        for (int i = 0; i < INPUTS; i++) {
            String text = text(random);
            RulesParser.Parsed parsed = RulesParser.parse("f", text);
            right += parsed.rules().size();
            for (Problem problem : parsed.problems()) {
                assertThat(problem.line()).as(text).isPositive();
                assertThat(problem.column()).as(text).isBetween(1, text.length() + 2);
                assertThat(problem.what()).as(text).contains("expected");
            }
            KnownThread thread = random.nextBoolean()
                    ? KnownThread.platform(name(random))
                    : KnownThread.virtual(name(random));
            for (RuleSet.Decision decision : parsed.rules().decisions(thread.facts())) {
                assertThat(decision.outcome()).matches("(?s)/.*|inherit|ignore|not placed: .*");
            }
        }
        // Else nothing was tried.
        assertThat(right).isGreaterThan(INPUTS / 100);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        boolean sensible = random.nextInt(3) == 0;
        int pieces = random.nextInt(12);
        if (sensible) {
            text.append("thread ").append(PIECES[random.nextInt(PIECES.length)]).append(" -> ");
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
