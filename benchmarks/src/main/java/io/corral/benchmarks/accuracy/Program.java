package io.corral.benchmarks.accuracy;

import java.util.SplittableRandom;

/** Runs in the forked JVM: each mix of one kind, after a warm-up with the same containers. */
public final class Program {

    /** A mix that has few units in a second runs so many times as long. */
    private static final int LONGER = 5;

    private Program() {}

    /** {@code KIND SEED WARM_UP_MICROS MICROS} and, if not all, the names of the mixes. */
    public static void main(String[] arguments) {
        Kind kind = Kind.valueOf(arguments[0]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
        long warmUp = Long.parseLong(arguments[2]);
        long micros = Long.parseLong(arguments[3]);
        TimerSlack.lower();
        Work.micros(1);
        for (Mix mix : kind.mixes()) {
            if (arguments.length == 4 || arguments[4].equals(mix.name())) {
                int longer = mix.isSparse() ? LONGER : 1;
                new Run(mix, kind, longer * warmUp, random.split()).splits();
                Run run = new Run(mix, kind, longer * micros, random.split());
                run.splits().forEach(split -> System.out.println(split.line()));
                System.out.printf("wait %s %.1f%n", mix.name(), run.meanWaitMicros());
            }
        }
    }
}
