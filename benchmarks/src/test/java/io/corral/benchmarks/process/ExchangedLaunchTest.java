package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.corral.benchmarks.Effort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExchangedLaunchTest {

    private static final Setup ON = new Setup("on", List.of());
    private static final Setup OFF = new Setup("off", List.of("-Doff"));

    private final ServiceEffort effort = ServiceEffort.of(
            Effort.QUICK,
            Map.of(
                    "CORRAL_BENCH_WARM", "130",
                    "CORRAL_BENCH_WINDOWS", "3",
                    "CORRAL_BENCH_LOAD", "apart",
                    "CORRAL_BENCH_PAIRS", "unwoven"));
    private final Launches launches = new Launches();
    private final List<String> measured = new ArrayList<>();

    /** The windows of all, which the machine makes slower and slower. */
    private int windows;

    /** Takes a tenth more while its hooks are in, and twice as much until it is compiled. */
    private final class Simulated implements Switchable {

        private final String name;
        private final double micros;
        private final boolean chargesWhileOff;
        private boolean isOn = true;
        private int since;
        private int warmed;
        private long charged;

        Simulated(String name, double micros, boolean chargesWhileOff) {
            this.name = name;
            this.micros = micros;
            this.chargesWhileOff = chargesWhileOff;
        }

        @Override
        public void switchHooks(boolean on) {
            isOn = on;
            since = 0;
        }

        @Override
        public void warm(int rounds) {
            since += rounds;
            warmed += rounds;
            if (isOn || chargesWhileOff) {
                charged += rounds;
            }
        }

        @Override
        public Window measure(int rounds) {
            measured.add(name + (isOn ? "+" : "-"));
            double slower = 1 + windows++ / 2 / 100.0;
            double cold = since > ExchangedLaunch.SETTLING_ROUNDS ? 1 : 2;
            return new Window(micros * (isOn ? 1.1 : 1) * cold * slower, 0, 1, 1);
        }

        @Override
        public long chargedNanos() {
            return charged;
        }
    }

    @Test
    void neitherWhatJvmsDifferByNorASlowMachineIsInTheRatio() throws Exception {
        Simulated one = new Simulated("a", 100, false);
        Simulated other = new Simulated("b", 130, false);
        measure(one, other);
        assertThat(launches.ratio(ON, OFF, Window::cpuMicros).median())
                .isCloseTo(1.1, within(1e-9));
        assertThat(launches.ratioOfQuick(ON, OFF, Window::cpuMicros).median())
                .isCloseTo(1.1, within(1e-9));
        // In the beginning, in each of six stays, before each of their windows, and at each of four
        // looks.
        assertThat(one.warmed).isEqualTo(130 + 6 * 100 + 6 * 10 + 2 * 2);
        assertThat(other.warmed).isEqualTo(one.warmed);
    }

    @Test
    void inEachStayOneIsWithHooksAndOneWithoutAndThenTheyExchangeThat() throws Exception {
        measure(new Simulated("a", 100, false), new Simulated("b", 130, false));
        assertThat(measured).hasSize(6 * 20);
        for (int stay = 0; stay < 6; stay++) {
            List<String> windows = measured.subList(stay * 20, (stay + 1) * 20);
            assertThat(windows).filteredOn(windows.get(0)::equals).hasSize(10);
            assertThat(windows.stream().distinct().sorted().toList())
                    .isEqualTo(
                            stay % 2 == 0
                                    ? measured.subList(0, 20).stream()
                                            .distinct()
                                            .sorted()
                                            .toList()
                                    : measured.subList(20, 40).stream()
                                            .distinct()
                                            .sorted()
                                            .toList());
            for (int i = 0; i < 20; i += 2) {
                assertThat(windows.get(i).charAt(0))
                        .isNotEqualTo(windows.get(i + 1).charAt(0));
            }
        }
        assertThat(measured.subList(0, 40)).contains("a+", "a-", "b+", "b-");
    }

    @Test
    void oneThatChargesWithoutHooksIsRefused() {
        assertThatThrownBy(() ->
                        measure(new Simulated("a", 100, false), new Simulated("b", 130, true)))
                .isInstanceOf(IOException.class)
                .hasMessage("with its hooks off Corral has charged tenants 1 ns");
        assertThat(measured).isEmpty();
    }

    private void measure(Simulated one, Simulated other) throws IOException, InterruptedException {
        new ExchangedLaunch(List.of(one, other), effort, new Random(1), ON, OFF)
                .measure(launches.next());
    }
}
