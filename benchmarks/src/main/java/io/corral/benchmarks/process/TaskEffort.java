package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;

import java.util.Map;

/**
 * How often a million tasks are handed over.
 *
 * @param launches JVMs of each setup; {@code CORRAL_BENCH_TASKS} sets it otherwise
 * @param peers whether peers are among the setups
 */
record TaskEffort(int launches, boolean peers) {

    static TaskEffort of(Effort effort, Map<String, String> environment) {
        boolean quick = effort == Effort.QUICK;
        return new TaskEffort(
                Setting.of(environment, "CORRAL_BENCH_TASKS", quick ? 3 : 11), !quick);
    }
}
