package io.corral.benchmarks.accuracy;

import io.corral.benchmarks.Sample;

import java.util.ArrayList;
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
        return sample(run -> Math.abs(ofRare(run)));
    }

    /**
     * Of the rare container, in per cent of its own CPU time: what these runs say beyond what those of the exact policy say,
     * each of its twin. Both are against the same ledgers, so that it does not matter if demand differs, nor what
     * the ledgers can't see.
     */
    Sample ofRareBeyond(Errors exact) {
        List<Double> beyond = new ArrayList<>();
        for (int i = 0; i < Math.min(runs.size(), exact.runs.size()); i++) {
            beyond.add(Math.abs(ofRare(runs.get(i)) - ofRare(exact.runs.get(i))));
        }
        return new Sample(beyond);
    }

    private static double ofRare(List<Split> run) {
        return run.stream()
                .filter(split -> split.container().equals(Mix.RARELY))
                .mapToDouble(Split::ownError)
                .findFirst()
                .orElseThrow();
    }

    private Sample sample(ToDoubleFunction<List<Split>> figure) {
        return new Sample(runs.stream().mapToDouble(figure).boxed().toList());
    }
}
