package io.corral.benchmarks.accuracy;

import io.corral.benchmarks.accuracy.Split.Kind;
import io.corral.benchmarks.harness.ExpectedAgent;
import io.corral.benchmarks.harness.Figures;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * The measured program: {@code SEED MILLIS}, the milliseconds of work of each split. Prints the
 * error of each in per cent.
 */
public final class AccuracyProgram {

    static final int[] UNIT_MICROS = {5, 40, 1_000};

    private AccuracyProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ExpectedAgent.check();
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[0]));
        int micros = 1_000 * Integer.parseInt(arguments[1]);
        for (Kind kind : Kind.values()) {
            if (kind.isVirtual() && Runtime.version().feature() < 21) {
                continue;
            }
            for (int unit : UNIT_MICROS) {
                String name = name(kind, unit);
                new Split(name + "-warm-up", kind, unit, micros / unit / 2)
                        .errorPercent(random.split());
                Split split = new Split(name, kind, unit, micros / unit);
                Figures.print(name, split.errorPercent(random.split()));
            }
        }
        Figures.print("conservation", new Conservation().errorPercent(micros / 5));
    }

    static String name(Kind kind, int unitMicros) {
        return kind + "-" + unitMicros;
    }
}
