package io.corral.benchmarks.accuracy;

import io.corral.benchmarks.Sample;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What several runs of one mix say together. */
record Errors(List<List<Split>> runs) {

    /** The largest error of a container in each run, in per cent of the process's CPU time. */
    Sample largest() {
        return sample(run ->
                run.stream().mapToDouble(split -> Math.abs(split.error())).max().orElseThrow());
    }

    /** Of the rare container in each run, in per cent of its own CPU time. */
    Sample ofRare() {
        return sample(run -> run.stream()
                .filter(split -> split.container().equals(Mix.RARELY))
                .mapToDouble(split -> Math.abs(split.ownError()))
                .max()
                .orElseThrow());
    }

    private Sample sample(ToDoubleFunction<List<Split>> figure) {
        return new Sample(runs.stream().mapToDouble(figure).boxed().toList());
    }
}
