package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.benchmarks.Effort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SwitchedAloneTest {

    private static final Setup ON = new Setup("on", List.of());
    private static final Setup OFF = new Setup("off", List.of("-Doff"));

    private final ServiceEffort effort = ServiceEffort.of(
            Effort.QUICK, Map.of("CORRAL_BENCH_WARM", "25", "CORRAL_BENCH_WINDOWS", "6"));
    private final Launches launches = new Launches();
    private final List<Boolean> measured = new ArrayList<>();

    /** Takes a half more while its hooks are on, and twice as much in rounds that are not warm. */
    private final class Simulated implements Switchable {

        private final boolean chargesWhileOff;
        private final boolean chargesWhileOn;
        private boolean isOn = true;
        private boolean isWarm;
        private int warmed;
        private long charged;

        Simulated(boolean chargesWhileOff, boolean chargesWhileOn) {
            this.chargesWhileOff = chargesWhileOff;
            this.chargesWhileOn = chargesWhileOn;
        }

        @Override
        public void switchHooks(boolean on) {
            isOn = on;
            isWarm = false;
        }

        @Override
        public void warm(int rounds) {
            isWarm = true;
            warmed += rounds;
            if (isOn ? chargesWhileOn : chargesWhileOff) {
                charged += rounds;
            }
        }

        @Override
        public Window measure(int rounds) {
            measured.add(isOn);
            return new Window((isOn ? 150 : 100) * (isWarm ? 1 : 2), 0, 1, 1);
        }

        @Override
        public long chargedNanos() {
            return charged;
        }
    }

    @Test
    void windowsCountForTheStateTheyWereMeasuredIn() throws Exception {
        Simulated service = new Simulated(false, true);
        measure(service);
        assertThat(launches.ratio(ON, OFF, Window::cpuMicros).values()).containsExactly(1.5);
        assertThat(launches.figure(ON, Window::cpuMicros).values()).containsExactly(150.0);
        // In the beginning, before each of twelve windows, and at each of four looks.
        assertThat(service.warmed).isEqualTo(25 + 12 + 4);
    }

    @Test
    void eachStateIsTheFirstOfEverySecondPair() throws Exception {
        measure(new Simulated(false, true));
        assertThat(measured).hasSize(12);
        for (int i = 0; i + 2 < measured.size(); i += 2) {
            assertThat(measured.get(i)).isNotEqualTo(measured.get(i + 1));
            assertThat(measured.get(i + 2)).isEqualTo(measured.get(i + 1));
        }
    }

    @Test
    void oneThatCannotBeSwitchedIsRefused() {
        assertThatThrownBy(() -> measure(new Simulated(true, true)))
                .isInstanceOf(IOException.class)
                .hasMessage("with its hooks off Corral has charged tenants 1 ns");
        assertThatThrownBy(() -> measure(new Simulated(false, false)))
                .isInstanceOf(IOException.class)
                .hasMessage("with its hooks on Corral has charged tenants 0 ns");
        assertThat(measured).isEmpty();
    }

    private void measure(Switchable service) throws IOException, InterruptedException {
        new SwitchedAlone(service, effort, new Random(1)).measure(ON, OFF, launches.next());
    }
}
