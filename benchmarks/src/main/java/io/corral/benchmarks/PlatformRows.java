package io.corral.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What the hooks at a platform thread's start and end cost together: its life with Corral less its
 * life with the empty agent. That is a hundredth of a life, which forks of JMH one after the other do
 * not resolve. So the JVMs of a launch are all alive, and take turns of a few milliseconds.
 */
final class PlatformRows {

    private static final double HOOK_PAIR_NANOS = 1_500;
    private static final int THREADS_A_SLICE = 50;

    /** The empty agent twice: what is between the two is chance. */
    private static final List<Variant> VARIANTS =
            List.of(Variant.EMPTY, Variant.EMPTY, Variant.EXACT, Variant.ADAPTIVE);

    private final Jdk jdk;
    private final Jars jars;
    private final Effort effort;
    private final Rows rows;

    PlatformRows(Jdk jdk, Jars jars, Effort effort, Rows rows) {
        this.jdk = jdk;
        this.jars = jars;
        this.effort = effort;
        this.rows = rows;
    }

    void measure() throws IOException {
        List<List<Double>> lives = new ArrayList<>();
        VARIANTS.forEach(unused -> lives.add(new ArrayList<>()));
        for (int i = 0; i < effort.forks; i++) {
            List<Double> launch = launch(new Random(i));
            for (int j = 0; j < lives.size(); j++) {
                lives.get(j).add(launch.get(j));
            }
        }
        Sample base = new Sample(lives.get(0));
        String what = "platform thread, start to end, ";
        rows.show(what + "empty agent", base, "ns");
        rows.show(what + "its twin less it", new Sample(lives.get(1)).less(base), "ns");
        for (int j = 2; j < lives.size(); j++) {
            rows.atMost(
                    HOOK_PAIR_NANOS,
                    what + VARIANTS.get(j) + " less the empty agent",
                    new Sample(lives.get(j)).less(base),
                    "ns");
        }
    }

    /** Nanoseconds of a life under each variant. */
    private List<Double> launch(Random random) throws IOException {
        List<LivesJvm> jvms = new ArrayList<>();
        try {
            for (Variant variant : VARIANTS) {
                jvms.add(new LivesJvm(jdk, variant.flags(jars)));
            }
            for (LivesJvm jvm : jvms) {
                jvm.warmUp(effort.livesOfWarmup);
            }
            // In no fixed order: who comes again at once finds the caches warm.
            List<LivesJvm> turns = new ArrayList<>(jvms);
            for (int i = 0; i < effort.slices; i++) {
                Collections.shuffle(turns, random);
                for (LivesJvm jvm : turns) {
                    jvm.slice(THREADS_A_SLICE);
                }
            }
            return jvms.stream().map(LivesJvm::undisturbedNanos).toList();
        } finally {
            jvms.forEach(LivesJvm::close);
        }
    }
}
