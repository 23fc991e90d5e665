package io.corral.benchmarks.process;

import io.corral.benchmarks.Sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one JVM has said of a million tiny tasks.
 *
 * @param cpuNanos of the process, a task
 * @param perSecond tasks
 */
record TaskRun(double cpuNanos, double perSecond) {

    static Map<Setup, Sample> figures(
            Map<Setup, List<TaskRun>> runs, ToDoubleFunction<TaskRun> figure) {
        Map<Setup, Sample> figures = new LinkedHashMap<>();
        runs.forEach((setup, its) -> figures.put(
                setup, new Sample(its.stream().mapToDouble(figure).boxed().toList())));
        return figures;
    }
}
