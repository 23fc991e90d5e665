package io.corral.runtime.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import jdk.jfr.EventType;
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
    void nameIsCorralsAndInCamelCase(EventType type) {
        assertThat(type.getName()).matches("corral\\.([A-Z][a-z]+)+");
        assertThat(type.getCategoryNames()).containsExactly("Corral");
    }

    @ParameterizedTest
    @MethodSource("types")
    void labelsAreCapitalizedAndDescriptionsHaveNoFullStop(EventType type) {
        assertThat(type.getLabel()).matches("[A-Z].*").doesNotEndWith(".").hasSizeLessThan(45);
        assertThat(type.getDescription()).isNotBlank().doesNotEndWith(".");
        for (ValueDescriptor field : EventsPage.ownFields(type)) {
            assertThat(field.getName()).matches("[a-z][A-Za-z]*");
            assertThat(field.getLabel()).describedAs(field.getName()).matches("[A-Z].*");
            if (field.getDescription() != null) {
                assertThat(field.getDescription()).doesNotEndWith(".");
            }
        }
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
                assertThat(field.getContentType()).describedAs(name).isEqualTo("jdk.jfr.DataAmount");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void noStackTraceIsTaken(EventType type) {
        StackTrace stackTrace = type.getAnnotation(StackTrace.class);
        assertThat(stackTrace == null || !stackTrace.value()).isTrue();
        assertThat(EventsPage.setting(type, "stackTrace")).isIn("", "false");
    }
}
