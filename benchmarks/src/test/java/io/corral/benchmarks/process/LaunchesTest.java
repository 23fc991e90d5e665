package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchesTest {

    private static final Setup BASE = new Setup("base", List.of());
    private static final Setup OTHER = new Setup("other", List.of("-Dother"));

    private final Launches launches = new Launches();

    @Test
    void aLaunchGivesTheMedianOfItsWindows() {
        launch(BASE, 100, 300, 200);
        launch(BASE, 50, 50, 90);
        assertThat(launches.figure(BASE, Window::cpuMicros).values()).containsExactly(200.0, 50.0);
    }

    @Test
    void theRatioIsTakenPairByPair() {
        launches.next();
        add(BASE, 100, 400, 1_000);
        add(OTHER, 110, 480, 1_500);
        // That of the medians would be 1.2, too; that of the sums 1.39.
        assertThat(launches.ratio(OTHER, BASE, Window::cpuMicros).values()).containsExactly(1.2);
        launches.next();
        add(BASE, 100, 200, 300);
        add(OTHER, 300, 200, 150);
        assertThat(launches.ratio(OTHER, BASE, Window::cpuMicros).values())
                .containsExactly(1.2, 1.0);
    }

    @Test
    void aLaunchWithoutOneOfTheTwoGivesNoRatio() {
        launch(BASE, 100);
        launches.next();
        add(BASE, 100);
        add(OTHER, 150);
        assertThat(launches.ratio(OTHER, BASE, Window::cpuMicros).values()).containsExactly(1.5);
        assertThat(launches.figure(OTHER, Window::cpuMicros).values()).containsExactly(150.0);
    }

    @Test
    void ofTheQuickWindowsAThirdCounts() {
        launches.next();
        add(BASE, 900, 100, 120, 900, 900, 900);
        add(OTHER, 700, 700, 700, 700, 121, 110);
        launch(BASE, 500);
        assertThat(launches.quick(BASE, Window::cpuMicros).values()).containsExactly(110.0, 500.0);
        assertThat(launches.ratioOfQuick(OTHER, BASE, Window::cpuMicros).values())
                .containsExactly(1.05);
    }

    private void launch(Setup setup, double... cpuMicros) {
        launches.next();
        add(setup, cpuMicros);
    }

    private void add(Setup setup, double... cpuMicros) {
        for (double micros : cpuMicros) {
            launches.add(setup, new Window(micros, 0, 1, 1));
        }
    }
}
