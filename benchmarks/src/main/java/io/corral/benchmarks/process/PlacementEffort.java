package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Setting;

import java.util.Map;

/**
 * How long an application is kept under load.
 *
 * @param launches of its JVM; {@code CORRAL_BENCH_PLACEMENTS} sets it otherwise
 * @param requests to each of its endpoints in a launch ({@code CORRAL_BENCH_REQUESTS})
 */
record PlacementEffort(int launches, int requests) {

    static PlacementEffort of(Effort effort, Map<String, String> environment) {
        boolean quick = effort.isQuick();
        return new PlacementEffort(
                Setting.of(environment, "CORRAL_BENCH_PLACEMENTS", quick ? 3 : 7),
                Setting.of(environment, "CORRAL_BENCH_REQUESTS", 1_000));
    }
}
