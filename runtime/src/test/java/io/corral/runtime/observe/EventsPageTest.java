package io.corral.runtime.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/events.md} and {@code corral.jfc} against the event classes. */
class EventsPageTest {

    static Stream<EventType> types() {
        return EventTypes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void pageSaysOfEachEventWhatItsClassSays(EventType type) throws Exception {
        assertThat(section(type.getName())).containsAll(EventsPage.lines(type));
    }

    @ParameterizedTest
    @MethodSource("types")
    void pageHasNoFieldThatTheClassHasNot(EventType type) throws Exception {
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
    void settingsFileHasEachEventWithItsDefaults() throws Exception {
        String settings = Files.readString(Path.of("../agent/src/main/jfc/corral.jfc"));
        List<String> listed = new ArrayList<>();
        Matcher event = Pattern.compile("<event name=\"([^\"]+)\">(.*?)</event>", Pattern.DOTALL)
                .matcher(settings);
        while (event.find()) {
            EventType type = types().filter(known -> known.getName().equals(event.group(1)))
                    .findFirst()
                    .orElseThrow();
            listed.add(type.getName());
            for (String setting : List.of("enabled", "period", "threshold")) {
                Matcher value = Pattern.compile("<setting name=\"" + setting + "\">([^<]*)<")
                        .matcher(event.group(2));
                if (value.find()) {
                    assertThat(value.group(1))
                            .describedAs(type.getName() + "#" + setting)
                            .isEqualTo(EventsPage.setting(type, setting));
                }
            }
        }
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        types().map(EventType::getName).toList());
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

    private static List<String> page() throws Exception {
        return Files.readAllLines(Path.of("../docs/events.md"));
    }
}
