package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Compares {@code docs/troubleshooting.md} with the texts in the code: the page has each line that
 * Corral can print, and no other.
 */
class TroubleshootingPageTest {

    /** Shorter texts are parts of a line that the page has anyway. */
    private static final int WORDS_OF_A_LINE = 4;

    private static final int WORDS_OF_A_PART = 2;

    private static final String PREFIX = "corral: ";

    /** Parts of exceptions' messages and of a version's name. */
    private static final Set<String> NO_LINES = Set.of(
            ": it was removed",
            "a request without a rule",
            "a usage of both",
            "of an unknown version",
            "older than the agent, and can be when it has yielded or parked",
            "start a thread in",
            "to enter both at once",
            "where the thread works");

    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern WORD = Pattern.compile("[a-z']{2,}");

    @Test
    void pageHasEachLineThatTheCodeCanPrint() throws IOException {
        String pages = "";
        for (String page :
                List.of("troubleshooting.md", "options.md", "rules.md", "metrics.md", "spans.md")) {
            pages += PrintedTexts.oneLine(Files.readString(docs(page)));
        }
        List<String> missing = new ArrayList<>();
        for (String text : PrintedTexts.ofAtLeast(WORDS_OF_A_LINE)) {
            boolean isRegex = text.contains("\\");
            if (!isRegex && !NO_LINES.contains(text) && !pages.contains(text)) {
                missing.add(text);
            }
        }
        assertThat(missing)
                .as("texts in the code that docs/troubleshooting.md lacks")
                .isEmpty();
    }

    @Test
    void codeHasEachLineOfThePage() throws IOException {
        List<String> parts = parts();
        List<String> stale =
                linesOfThePage().stream().filter(line -> !isMadeOf(parts, line)).toList();
        assertThat(stale)
                .as("lines of docs/troubleshooting.md that the code can't print")
                .isEmpty();
    }

    @Test
    void codeHasEachLineThatOtherPagesShow() throws IOException {
        List<String> parts = parts();
        List<String> stale = new ArrayList<>();
        for (String page : List.of("getting-started.md", "rules.md", "options.md")) {
            for (String line : Files.readAllLines(docs(page))) {
                if (line.startsWith(PREFIX) && !isMadeOf(parts, line.substring(PREFIX.length()))) {
                    stale.add(page + ": " + line);
                }
            }
        }
        assertThat(stale).as("lines that the code can't print").isEmpty();
    }

    /** The longest first. */
    private static List<String> parts() throws IOException {
        return PrintedTexts.ofAtLeast(WORDS_OF_A_PART).stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** Whether half of a line's words at least, without placeholders, are in parts. */
    private static boolean isMadeOf(List<String> parts, String line) {
        String rest = line;
        for (String part : parts) {
            rest = rest.replace(part, " ");
        }
        return 2 * words(rest) <= words(line);
    }

    private static long words(String text) {
        return WORD.matcher(text).results().count();
    }

    /** The code in the first column of the page's tables, from a certain length on. */
    private static List<String> linesOfThePage() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String row : Files.readAllLines(docs("troubleshooting.md"))) {
            if (row.startsWith("| `")) {
                Matcher span = SPAN.matcher(row.substring(0, row.indexOf(" | ")));
                while (span.find()) {
                    if (span.group(1).split(" ", -1).length >= WORDS_OF_A_LINE) {
                        lines.add(span.group(1));
                    }
                }
            }
        }
        return lines;
    }

    private static Path docs(String page) {
        return Path.of("../..", "docs", page);
    }
}
