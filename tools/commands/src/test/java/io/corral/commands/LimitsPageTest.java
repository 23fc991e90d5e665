package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.events.jmx.CorralMXBean;
import io.corral.events.jmx.LimitedContainer;
import io.corral.rules.file.RulesParser;
import io.corral.runtime.control.LimitNames;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the pages about limits with the code. */
class LimitsPageTest {

    static Stream<String> blocksWithLimits() throws IOException {
        String all =
                page("limits.md") + page("rules.md") + Files.readString(Path.of("../../README.md"));
        String[] parts = all.split("```", -1);
        // Each second part is within a fence.
        return Stream.iterate(1, i -> i < parts.length, i -> i + 2)
                .map(i -> parts[i])
                .filter(block -> block.contains("\nlimit /"));
    }

    @ParameterizedTest
    @MethodSource("blocksWithLimits")
    void exampleIsARulesFileWithoutErrors(String block) {
        assertThat(RulesParser.parse("page", block).errors())
                .extracting(error -> error.in("page"))
                .isEmpty();
    }

    @Test
    void pageHasARowForEachControl() throws IOException {
        List<String> rows = page("limits.md")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3).split("[ `]", 2)[0])
                .toList();
        assertThat(rows).containsAll(LimitNames.ALL).contains("wait", "mode");
    }

    @Test
    void pageOfJmxHasEachValueAndOperation() throws IOException {
        String page = page("jmx.md");
        for (Method method : LimitedContainer.class.getDeclaredMethods()) {
            if (method.getName().startsWith("get")) {
                String value = method.getName().substring(3);
                assertThat(page)
                        .contains("`" + value.substring(0, 1).toLowerCase(Locale.ROOT)
                                + value.substring(1) + "`");
            }
        }
        assertThat(Arrays.stream(CorralMXBean.class.getMethods())
                        .map(Method::getName)
                        .map(name -> name.startsWith("get") ? name.substring(3) : name))
                .allMatch(name -> page.contains("`" + name));
    }

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("../../docs", name));
    }
}
