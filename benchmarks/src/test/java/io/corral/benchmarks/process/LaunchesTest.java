package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchesTest {

    private static final Setup BASE = new Setup("base", List.of());
    private static final Setup OTHER = new Setup("other", List.of("-Dother"));

    private final Launches launches = new Launches();
    private Launches.Windows launch = launches.next();

    @Test
    void aLaunchGivesTheMedianOfItsWindows() {
        launch(BASE, 100, 300, 200);
        launch(BASE, 50, 50, 90);
        assertThat(launches.figure(BASE, Window::cpuMicros).values()).containsExactly(200.0, 50.0);
    }

    @Test
    void theRatioIsTakenPairByPair() {
        add(BASE, 100, 400, 1_000);
        add(OTHER, 110, 480, 1_500);
        // That of the medians would be 1.2, too; that of the sums 1.39.
        assertThat(launches.ratio(OTHER, BASE, Window::cpuMicros).values()).containsExactly(1.2);
        launch = launches.next();
        add(BASE, 100, 200, 300);
        add(OTHER, 300, 200, 150);
        assertThat(launches.ratio(OTHER, BASE, Window::cpuMicros).values())
                .containsExactly(1.2, 1.0);
    }

    @Test
    void aLaunchWithoutOneOfTheTwoGivesNoRatio() {
        launch(BASE, 100);
        launch = launches.next();
        add(BASE, 100);
        add(OTHER, 150);
        assertThat(launches.ratio(OTHER, BASE, Window::cpuMicros).values()).containsExactly(1.5);
        assertThat(launches.figure(OTHER, Window::cpuMicros).values()).containsExactly(150.0);
    }

    @Test
    void ofTheQuickWindowsAThirdCounts() {
        add(BASE, 900, 100, 120, 900, 900, 900);
        add(OTHER, 700, 700, 700, 700, 121, 110);
        launch(BASE, 500);
        assertThat(launches.quick(BASE, Window::cpuMicros).values()).containsExactly(110.0, 500.0);
        assertThat(launches.ratioOfQuick(OTHER, BASE, Window::cpuMicros).values())
                .containsExactly(1.05);
    }

    @Test
    void ofSeveralJvmsEachIsComparedWithItself() {
        // One is twice as slow as the other, and one of its windows is as slow as only its others
        // are.
        addOf(0, BASE, 100, 900, 900);
        addOf(1, BASE, 200, 200, 201);
        addOf(0, OTHER, 110, 110, 110);
        addOf(1, OTHER, 220, 900, 900);
        assertThat(launches.ratioOfQuick(OTHER, BASE, Window::cpuMicros).values())
                .singleElement()
                .satisfies(ratio -> assertThat(ratio).isCloseTo(1.1, within(1e-9)));
        assertThat(launches.quick(BASE, Window::cpuMicros).values())
                .singleElement()
                .satisfies(quick -> assertThat(quick).isCloseTo(100 * Math.sqrt(2), within(1e-9)));
        assertThat(launches.figure(BASE, Window::cpuMicros).values()).containsExactly(200.5);
    }

    /** The first to be added is another JVM of each. */
    @Test
    void ofSeveralJvmsEachOnesPairsAreItsOwn() {
        addOf(0, BASE, 100, 100, 500);
        addOf(1, OTHER, 220, 220, 220);
        addOf(1, BASE, 200, 200, 200);
        addOf(0, OTHER, 110, 110, 550);
        assertThat(launches.ratio(OTHER, BASE, Window::cpuMicros).values())
                .singleElement()
                .satisfies(ratio -> assertThat(ratio).isCloseTo(1.1, within(1e-9)));
    }

    private void launch(Setup setup, double... cpuMicros) {
        launch = launches.next();
        add(setup, cpuMicros);
    }

    private void add(Setup setup, double... cpuMicros) {
        addOf(0, setup, cpuMicros);
    }

    private void addOf(int jvm, Setup setup, double... cpuMicros) {
        for (double micros : cpuMicros) {
            launch.add(setup, jvm, new Window(micros, 0, 1, 1));
        }
    }
}
