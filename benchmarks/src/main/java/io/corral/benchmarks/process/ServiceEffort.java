package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Setting;

import java.util.Map;

/**
 * How long a service is measured. A round is the load generator's, 48 requests. Quick leaves out no
 * agent, the empty agent's twin and OpenTelemetry.
 *
 * @param launches of a JVM of each setup; {@code CORRAL_BENCH_LAUNCHES} sets it otherwise
 * @param warmRounds of requests before the first window of a launch ({@code CORRAL_BENCH_WARM});
 *     equally many for each setup, so that equally much has been compiled; the
 *     compilers are quiet after some 150 rounds, and until then JVMs differ by what they have done
 * @param windows of each setup in a launch ({@code CORRAL_BENCH_WINDOWS})
 * @param windowRounds of requests in a window ({@code CORRAL_BENCH_ROUNDS})
 * @param shown whether setups without a budget are there, too
 * @param recordedOnly whether only those that record are there, which need more launches than the others
 *     ({@code CORRAL_BENCH_RECORDED=1})
 */
record ServiceEffort(
        int launches,
        int warmRounds,
        int windows,
        int windowRounds,
        boolean shown,
        boolean recordedOnly) {

    static ServiceEffort of(Effort effort, Map<String, String> environment) {
        boolean quick = effort.isQuick();
        boolean recordedOnly = Setting.of(environment, "CORRAL_BENCH_RECORDED", 0) == 1;
        return new ServiceEffort(
                Setting.of(environment, "CORRAL_BENCH_LAUNCHES", quick ? 1 : 20),
                Setting.of(environment, "CORRAL_BENCH_WARM", quick ? 50 : 200),
                Setting.of(environment, "CORRAL_BENCH_WINDOWS", quick ? 4 : 6),
                Setting.of(environment, "CORRAL_BENCH_ROUNDS", quick ? 10 : 12),
                !quick && !recordedOnly,
                recordedOnly);
    }
}
