package io.corral.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/options.md} with the code. */
class OptionsPageTest {

    private static final Path PAGE = Path.of("../..", "docs", "options.md");

    @Test
    void tableListsEachKeyInOrder() throws IOException {
        List<String> expected = Arrays.stream(OptionKey.values())
                .map(key -> "| `" + key.key() + "` | " + key.choices() + " | " + key.defaultValue()
                        + " | " + key.explanation() + " |")
                .toList();
        List<String> table = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("| --- | --- | --- | --- |"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(table).isEqualTo(expected);
    }

    /** Each line shown is what the arguments or the property before it cause. */
    @Test
    void linesShownAreThoseOfTheCode() throws IOException {
        assertThat(messagesOfThePage())
                .containsExactly(
                        messageFor("colour=red"),
                        messageFor("period"),
                        messageFor("period=5"),
                        messageFor("config=x")
                                .replace("option config", "system property corral.config"));
    }

    private static List<String> messagesOfThePage() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `corral: "))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }

    private static String messageFor(String arguments) {
        return Options.read(arguments).problems().stream()
                .map(problem -> "corral: " + problem)
                .collect(Collectors.joining());
    }
}
