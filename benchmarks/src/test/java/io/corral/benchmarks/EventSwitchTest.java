package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

class EventSwitchTest {

    @Name("corral.benchmarks.Enabled")
    static final class Enabled extends Event {}

    @Name("corral.benchmarks.Disabled")
    static final class Disabled extends Event {}

    /** Which no setting names. */
    @Name("corral.benchmarks.EnabledUnsaid")
    static final class Unsaid extends Event {}

    @Name("other.Enabled")
    static final class Others extends Event {}

    private final EventSwitch events = new EventSwitch();

    @Test
    void corralsEventsAreOffAndThenAsTheyWere() {
        try (Recording recording = new Recording(Map.of(
                "corral.benchmarks.Enabled#enabled", "true",
                "corral.benchmarks.Disabled#enabled", "false",
                "other.Enabled#enabled", "true"))) {
            recording.start();
            expect(true);
            assertThat(EventSwitch.enabled()).isEqualTo(2);
            for (int i = 0; i < 2; i++) {
                events.switchOff();
                expect(false);
                assertThat(EventSwitch.enabled()).isZero();
                // Who says it twice has not lost what they were.
                events.switchOff();
                expect(false);
                events.switchOn();
                expect(true);
                events.switchOn();
                expect(true);
            }
        }
    }

    private static void expect(boolean enabled) {
        assertThat(new Enabled().isEnabled()).isEqualTo(enabled);
        assertThat(new Unsaid().isEnabled()).isEqualTo(enabled);
        assertThat(new Disabled().isEnabled()).isFalse();
        assertThat(new Others().isEnabled()).isTrue();
    }

    @Test
    void whereNothingIsRecordedNothingIsSwitched() {
        events.switchOff();
        try (Recording recording =
                new Recording(Map.of("corral.benchmarks.Enabled#enabled", "true"))) {
            recording.start();
            assertThat(new Enabled().isEnabled()).isTrue();
            events.switchOn();
            assertThat(new Enabled().isEnabled()).isTrue();
        }
    }
}
