package io.corral.events.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import jdk.jfr.EventType;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's rules for names, labels and descriptions of events, and Corral's own. */
class EventNamesTest {

    static Stream<EventType> types() {
        return EventTypes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void namesAreWholeWordsInCamelCase(EventType type) {
        assertThat(type.getName()).matches("corral\\.([A-Z][a-z]+)+");
        assertThat(type.getCategoryNames()).containsExactly("Corral");
        checkWords(type.getName());
        for (ValueDescriptor field : EventsPage.ownFields(type)) {
            assertThat(field.getName()).matches("[a-z][A-Za-z]+").hasSizeLessThan(32);
            checkWords(field.getName());
        }
    }

    /** Abbreviations that the JDK's own test allows. */
    private static void checkWords(String name) {
        assertThat(name)
                .doesNotContain("ID", "Event")
                .doesNotMatch(
                        "(?i).*(info(?!rmation)|alloc(?!a)|config(?!uration)|stat(?!e|istic)).*");
    }

    @ParameterizedTest
    @MethodSource("types")
    void labelsAreHeadlines(EventType type) {
        checkLabel(type.getLabel());
        for (ValueDescriptor field : EventsPage.ownFields(type)) {
            checkLabel(field.getLabel());
        }
    }

    private static void checkLabel(String label) {
        assertThat(label)
                .hasSizeBetween(2, 44)
                .matches("[A-Z][A-Za-z0-9() -]*")
                .isEqualTo(label.strip());
        for (String word : label.split(" ")) {
            assertThat(word).as(label).matches("[(]?[A-Z].*");
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void descriptionsAreOneSentenceWithoutFullStop(EventType type) {
        checkDescription(type.getDescription());
        for (ValueDescriptor field : EventsPage.ownFields(type)) {
            if (field.getDescription() != null) {
                checkDescription(field.getDescription());
            }
        }
    }

    private static void checkDescription(String description) {
        assertThat(description)
                .hasSizeBetween(11, 299)
                .isEqualTo(description.strip())
                .matches("[A-Z].*[^.]")
                .doesNotContain(". ");
    }

    @ParameterizedTest
    @MethodSource("types")
    void timesAndAmountsCarryTheirUnit(EventType type) {
        for (ValueDescriptor field : EventsPage.ownFields(type)) {
            String name = field.getName();
            if (name.endsWith("CpuTime") || name.equals("cpuTime") || name.equals("lifetime")) {
                assertThat(field.getContentType()).describedAs(name).isEqualTo("jdk.jfr.Timespan");
            }
            if (name.toLowerCase().endsWith("allocated")) {
                assertThat(field.getContentType())
                        .describedAs(name)
                        .isEqualTo("jdk.jfr.DataAmount");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void eventsTakeNoStackTraceAndAreNotRegisteredByLoading(EventType type) {
        Class<?> event = EventsPage.eventClass(type);
        assertThat(event.getAnnotation(StackTrace.class).value()).isFalse();
        assertThat(event.getAnnotation(Registered.class).value()).isFalse();
    }
}
