package io.corral.events.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares {@code docs/events.md} and the settings files with the event classes. */
class EventsPageTest {

    private static final Pattern EVENT =
            Pattern.compile("<event name=\"([^\"]+)\">(.*?)</event>", Pattern.DOTALL);
    private static final Pattern SETTING =
            Pattern.compile("<setting name=\"([^\"]+)\">([^<]*)</setting>");

    static Stream<EventType> types() {
        return EventTypes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void pageDescribesEachEventAsItsClassDoesInTheSameOrder(EventType type) throws Exception {
        assertThat(section(type.getName())).containsSubsequence(EventsPage.lines(type));
    }

    @ParameterizedTest
    @MethodSource("types")
    void pageHasOnlyFieldsOfTheClass(EventType type) throws Exception {
        long rows = section(type.getName()).stream()
                .filter(line -> line.startsWith("| `"))
                .count();
        assertThat(rows).isEqualTo(EventsPage.ownFields(type).size());
    }

    @Test
    void pageHasNoOtherEvents() throws Exception {
        List<String> headings = new ArrayList<>();
        for (String line : page()) {
            if (line.startsWith("## corral.")) {
                headings.add(line.substring(3));
            }
        }
        assertThat(headings)
                .containsExactlyInAnyOrderElementsOf(
                        types().map(EventType::getName).toList());
    }

    @Test
    void settingsFileHasEachEventWithItsDefaultsAndNoOther() throws Exception {
        Map<String, Map<String, String>> expected = new TreeMap<>();
        types().forEach(type -> expected.put(type.getName(), EventsPage.defaults(type)));
        assertThat(settings("corral.jfc")).isEqualTo(expected);
    }

    @Test
    void settingsForReportsHaveOnlyKnownSettingsOfKnownEvents() throws Exception {
        Map<String, Map<String, String>> listed = settings("corral-profile.jfc");
        listed.keySet().removeIf(event -> event.startsWith("jdk."));
        assertThat(listed).containsKeys("corral.Residency", "corral.OpenResidency");
        Map<String, EventType> known = new TreeMap<>();
        types().forEach(type -> known.put(type.getName(), type));
        listed.forEach((event, values) -> {
            assertThat(known).containsKey(event);
            assertThat(EventsPage.defaults(known.get(event)).keySet())
                    .as(event)
                    .isEqualTo(values.keySet());
        });
    }

    private static Map<String, Map<String, String>> settings(String file) throws Exception {
        String settings = Files.readString(Path.of("../src/main/jfc", file));
        Map<String, Map<String, String>> listed = new TreeMap<>();
        Matcher event = EVENT.matcher(settings);
        while (event.find()) {
            Map<String, String> values = new TreeMap<>();
            Matcher setting = SETTING.matcher(event.group(2));
            while (setting.find()) {
                values.put(setting.group(1), setting.group(2));
            }
            assertThat(listed.put(event.group(1), values))
                    .as(event.group(1) + " twice")
                    .isNull();
        }
        return listed;
    }

    private static List<String> section(String event) throws Exception {
        List<String> section = new ArrayList<>();
        boolean inside = false;
        for (String line : page()) {
            if (line.startsWith("## ")) {
                inside = line.equals("## " + event);
            }
            if (inside) {
                section.add(line);
            }
        }
        return section;
    }

    /** The page with each paragraph on one line. */
    private static List<String> page() throws Exception {
        List<String> page = new ArrayList<>();
        boolean inParagraph = false;
        for (String line : Files.readAllLines(Path.of("../../docs/events.md"))) {
            boolean isText = !line.isEmpty() && !line.startsWith("#") && !line.startsWith("|");
            if (isText && inParagraph) {
                page.add(page.remove(page.size() - 1) + " " + line);
            } else {
                page.add(line);
            }
            inParagraph = isText;
        }
        return page;
    }
}
