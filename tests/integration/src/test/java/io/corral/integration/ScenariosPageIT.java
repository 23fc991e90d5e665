package io.corral.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.Scenario;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares {@code docs/contributing/scenarios.md} with the tests: each scenario has its test, each
 * test its row.
 */
class ScenariosPageIT {

    private static final Pattern ROW =
            Pattern.compile("\\| (\\d+) \\| ([^|]+) \\| `(\\w+)\\.(\\w+)` \\|");

    /** The scenarios that do not need limits, which Corral does not have yet. */
    private static final Set<Integer> EXPECTED = numbers(
            "1 2 4-12 14-19 21-23 25-28 30 32 33 35-39 41-43 45 47-49 55-57 60 62 64-69 71 74-79 89"
                    + " 105 106 111-120");

    private record Row(int number, String test) {}

    @Test
    void pageHasARowForEachScenario() throws Exception {
        Set<Integer> missing = new TreeSet<>(EXPECTED);
        rows().forEach(row -> missing.remove(row.number));
        assertThat(missing).isEmpty();
    }

    @Test
    void eachRowNamesATestThatNamesItsNumber() throws Exception {
        Map<String, Set<Integer>> tests = tests();
        for (Row row : rows()) {
            assertThat(tests).containsKey(row.test);
            assertThat(tests.get(row.test)).describedAs(row.test).contains(row.number);
        }
    }

    @Test
    void eachTestOfAScenarioHasItsRow() throws Exception {
        Map<String, Set<Integer>> listed = new TreeMap<>();
        rows().forEach(row ->
                listed.computeIfAbsent(row.test, unused -> new TreeSet<>()).add(row.number));
        assertThat(listed).isEqualTo(tests());
    }

    private static List<Row> rows() throws IOException {
        try (Stream<String> lines = Files.lines(page())) {
            return lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row -> new Row(
                            Integer.parseInt(row.group(1)), row.group(3) + "." + row.group(4)))
                    .toList();
        }
    }

    private static Path page() {
        Path agent = Path.of(System.getProperty("corral.agent.jar"));
        return agent.resolveSibling("../../docs/contributing/scenarios.md").normalize();
    }

    /** The scenario numbers of each test, by class and method. */
    private static Map<String, Set<Integer>> tests() throws Exception {
        Map<String, Set<Integer>> tests = new TreeMap<>();
        Path folder = Path.of(ScenariosPageIT.class.getResource(".").toURI());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '.');
                if (name.endsWith(".class") && !name.endsWith("package-info.class")) {
                    // Not initialized, since some classes need their own JVM flags.
                    addTests(
                            Class.forName(
                                    "io.corral.integration." + name.replace(".class", ""),
                                    false,
                                    ScenariosPageIT.class.getClassLoader()),
                            tests);
                }
            }
        }
        return tests;
    }

    private static void addTests(Class<?> type, Map<String, Set<Integer>> tests) {
        for (Method method : type.getDeclaredMethods()) {
            Scenario scenario = method.getAnnotation(Scenario.class);
            if (scenario != null && scenario.value().length > 0) {
                Set<Integer> numbers = new TreeSet<>();
                Arrays.stream(scenario.value()).forEach(numbers::add);
                tests.put(type.getSimpleName() + "." + method.getName(), numbers);
            }
        }
    }

    private static Set<Integer> numbers(String ranges) {
        Set<Integer> numbers = new TreeSet<>();
        for (String range : ranges.split(" ", -1)) {
            String[] ends = range.split("-", -1);
            IntStream.rangeClosed(
                            Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .forEach(numbers::add);
        }
        // Scenarios 3 and 13 never existed.
        numbers.removeAll(Set.of(3, 13));
        return numbers;
    }
}
