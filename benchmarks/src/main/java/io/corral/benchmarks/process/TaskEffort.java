package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Setting;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * How often a million tasks are handed over.
 *
 * @param launches JVMs of each setup; {@code CORRAL_BENCH_TASKS} sets it otherwise
 * @param rootOnly whether only what is done from the root is measured, where Corral is so close to no agent that it needs more
 *     launches than all else ({@code CORRAL_BENCH_ROOT=1})
 * @param peers whether peers are among the setups
 * @param pools {@code CORRAL_BENCH_POOLS} sets them otherwise
 */
record TaskEffort(int launches, boolean rootOnly, boolean peers, Set<TaskPool> pools) {

    static TaskEffort of(Effort effort, Map<String, String> environment) {
        boolean quick = effort.isQuick();
        boolean rootOnly = Setting.of(environment, "CORRAL_BENCH_ROOT", 0) == 1;
        return new TaskEffort(
                Setting.of(environment, "CORRAL_BENCH_TASKS", quick ? 3 : 11),
                rootOnly,
                !quick && !rootOnly,
                pools(effort, rootOnly, environment));
    }

    private static Set<TaskPool> pools(
            Effort effort, boolean rootOnly, Map<String, String> environment) {
        Set<TaskPool> possible = EnumSet.allOf(TaskPool.class);
        if (rootOnly) {
            possible.removeIf(pool -> !pool.hasBudget());
        }
        Set<TaskPool> unlessSet = effort.isEssential() ? EnumSet.of(TaskPool.FIXED) : possible;
        return TaskPool.of(environment, possible, unlessSet);
    }
}
