package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Setting;

import java.util.Map;

/**
 * How often programs are started. Quick leaves the peers out.
 *
 * @param hellos starts of each setup; {@code CORRAL_BENCH_HELLOS} sets it otherwise
 * @param hellosOfPeers starts of each peer; 0 leaves them out
 * @param springs starts of Spring Boot under each setup ({@code CORRAL_BENCH_SPRINGS}); 0 leaves it out
 * @param springsOfPeers whether peers are among those
 */
record StartupEffort(int hellos, int hellosOfPeers, int springs, boolean springsOfPeers) {

    static StartupEffort of(Effort effort, Map<String, String> environment) {
        boolean quick = effort.isQuick();
        return new StartupEffort(
                Setting.of(
                        environment,
                        "CORRAL_BENCH_HELLOS",
                        effort.isEssential() ? 7 : quick ? 15 : 60),
                quick ? 0 : 10,
                Setting.of(
                        environment,
                        "CORRAL_BENCH_SPRINGS",
                        effort.isEssential() ? 0 : quick ? 3 : 15),
                !quick);
    }
}
