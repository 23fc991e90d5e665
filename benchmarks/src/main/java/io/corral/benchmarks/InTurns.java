package io.corral.benchmarks;

import io.corral.benchmarks.slices.Work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What differs by a hundredth, or by what a second CPU does, is not resolved by JVMs one after the other. So the JVMs of a launch
 * are all alive, on one CPU, and take turns of some milliseconds.
 */
public final class InTurns {

    private final Jdk jdk;
    private final Jars jars;
    private final Effort effort;

    public InTurns(Jdk jdk, Jars jars, Effort effort) {
        this.jdk = jdk;
        this.jars = jars;
        this.effort = effort;
    }

    /** Nanoseconds of one in each launch, by variant. A variant that is there twice shows what chance makes. */
    public List<Sample> measure(int launches, Work work, List<Variant> variants)
            throws IOException {
        List<List<Double>> nanos = new ArrayList<>();
        variants.forEach(unused -> nanos.add(new ArrayList<>()));
        for (int i = 0; i < launches; i++) {
            List<Double> launch = launch(work, variants, new Random(i));
            for (int j = 0; j < nanos.size(); j++) {
                nanos.get(j).add(launch.get(j));
            }
        }
        return nanos.stream().map(Sample::new).toList();
    }

    /** Where some are switched off all are warmed up once more, since those have new code to be compiled. */
    private static void warmUp(List<SlicesJvm> jvms, Work work, List<Variant> variants)
            throws IOException {
        warmUp(jvms, work);
        if (variants.contains(Variant.SWITCHED_OFF)) {
            for (int i = 0; i < jvms.size(); i++) {
                if (variants.get(i) == Variant.SWITCHED_OFF) {
                    jvms.get(i).switchOff();
                }
            }
            warmUp(jvms, work);
        }
    }

    private static void warmUp(List<SlicesJvm> jvms, Work work) throws IOException {
        for (SlicesJvm jvm : jvms) {
            jvm.warmUp(work.slicesOfWarmup);
        }
    }

    private List<Double> launch(Work work, List<Variant> variants, Random random)
            throws IOException {
        List<SlicesJvm> jvms = new ArrayList<>();
        try {
            for (Variant variant : variants) {
                jvms.add(new SlicesJvm(jdk, variant.flags(jars), work));
            }
            warmUp(jvms, work, variants);
            // In no fixed order: who comes again at once finds the caches warm.
            List<SlicesJvm> turns = new ArrayList<>(jvms);
            for (int i = 0; i < effort.slices / work.oneTurnOf; i++) {
                Collections.shuffle(turns, random);
                for (SlicesJvm jvm : turns) {
                    jvm.slice();
                }
            }
            return jvms.stream().map(SlicesJvm::undisturbedNanos).toList();
        } finally {
            jvms.forEach(SlicesJvm::close);
        }
    }
}
