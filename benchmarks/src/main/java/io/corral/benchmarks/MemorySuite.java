package io.corral.benchmarks;

import io.corral.benchmarks.memory.Habit;
import io.corral.benchmarks.memory.HeapOfThreads;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The live heap a thread costs: with Corral less with the empty agent, the same program with the same
 * number of threads. The number is another one in each run, since tables grow by jumps.
 */
final class MemorySuite implements Suite {

    private static final double PLATFORM_BYTES = 256;
    private static final double VIRTUAL_BYTES = 32;
    private static final int FEWEST_PLATFORM = 500;
    private static final int FEWEST_VIRTUAL = 10_000;

    private final Jdk jdk;
    private final Jars jars;
    private final Effort effort;
    private final Rows rows;

    MemorySuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        this.jdk = jdk;
        this.jars = jars;
        this.effort = effort;
        this.rows = new Rows(jdk, to);
    }

    @Override
    public void run() throws IOException, InterruptedException {
        Map<Variant, List<Forked>> runs =
                Forked.inRounds(effort.forksOfMemory, Variant.CORRAL_AND_EMPTY, this::run);
        kind("platform", PLATFORM_BYTES, runs);
        for (Variant variant : Variant.CORRAL) {
            rows.show(
                    "Corral's heap once 5,000 platform threads have ended, " + variant,
                    objects("platform.once", runs.get(variant), runs.get(Variant.EMPTY)),
                    "bytes");
        }
        if (jdk.hasVirtualThreads()) {
            kind("virtual", VIRTUAL_BYTES, runs);
        }
    }

    private Forked run(Variant variant, int round) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(variant.flags(jars));
        // Interpreted all along: else frames of parked virtual threads differ in size by chance.
        flags.addAll(List.of("-Xint", "-XX:+UseSerialGC", "-Xmx2g"));
        List<String> counts = new ArrayList<>(List.of(count(FEWEST_PLATFORM, round)));
        if (jdk.hasVirtualThreads()) {
            counts.add(count(FEWEST_VIRTUAL, round));
        }
        return Forked.run(jdk, flags, HeapOfThreads.class, counts);
    }

    /** Half as many more each round, of no round number. */
    private static String count(int fewest, int round) {
        return String.valueOf((int) (fewest * Math.pow(1.5, round)) + 37 * round);
    }

    private void kind(String kind, double limit, Map<Variant, List<Forked>> runs) {
        List<Forked> base = runs.get(Variant.EMPTY);
        for (Variant variant : Variant.CORRAL) {
            List<Forked> corral = runs.get(variant);
            for (Habit habit : Habit.values()) {
                String name = kind + "." + habit + ".";
                String what = "a " + kind + " thread that " + habit.words + ", " + variant;
                Sample objects = objects(name + "corral", corral, base);
                if (habit == Habit.INSIDE) {
                    rows.show(what, objects, "bytes");
                } else {
                    rows.atMost(limit, what, objects, "bytes");
                }
            }
            rows.show(
                    "a " + kind + " thread that stays, " + variant + ", of the whole heap",
                    objects(kind + "." + Habit.STAYS + ".live", corral, base),
                    "bytes");
            rows.atMost(
                    0,
                    "a " + kind + " thread that has ended, " + variant,
                    objects(kind + "." + Habit.SWITCHED_OFTEN + ".ended", corral, base),
                    "bytes");
        }
    }

    private static Sample objects(String name, List<Forked> corral, List<Forked> base) {
        return wholeBytes(Forked.sample(name, corral).less(Forked.sample(name, base)));
    }

    /** Part of a byte a thread is what comes and goes in any JVM, whatever the number of threads. */
    private static Sample wholeBytes(Sample sample) {
        return new Sample(sample.values().stream().map(Math::rint).toList());
    }
}
