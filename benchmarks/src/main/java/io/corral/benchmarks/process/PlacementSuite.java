package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Jars;
import io.corral.benchmarks.Jdk;
import io.corral.benchmarks.Row;
import io.corral.benchmarks.Sample;
import io.corral.benchmarks.Suite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Whose the CPU time of a Spring Boot application under load is, with the bare flag and no line of configuration: what is
 * in none of its pools and none of the JVM's places, and what nobody accounts for. What its thread main used, which
 * starts it, is the root's by right, and told by the JVM's own bean.
 */
public final class PlacementSuite implements Suite {

    private static final double LIMIT_PERCENT = 1;

    private final Jdk jdk;
    private final Jars jars;
    private final PlacementEffort effort;
    private final Consumer<Row> to;

    public PlacementSuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        this.jdk = jdk;
        this.jars = jars;
        this.effort = PlacementEffort.of(effort, System.getenv());
        this.to = to;
    }

    @Override
    public void run() throws IOException, InterruptedException {
        measure("Spring Boot", List.of());
        if (jdk.hasVirtualThreads()) {
            measure(
                    "Spring Boot, virtual threads",
                    List.of("--spring.threads.virtual.enabled=true"));
        }
    }

    private void measure(String what, List<String> settings)
            throws IOException, InterruptedException {
        List<WhoseCpu> runs = new ArrayList<>();
        for (int i = 0; i < effort.launches(); i++) {
            try (LoadedJvm application = new LoadedJvm(jdk, jars, settings)) {
                application.load(effort.requests());
                runs.add(application.end());
            }
        }
        // Of one launch, as an example: a median of each line would not add up.
        System.out.println("\n" + runs.get(0).table() + "\n");
        atMost(what + ", in / but for main", runs, WhoseCpu::rootsOwnButMainNanos);
        atMost(what + ", in /pools/other", runs, cpu -> cpu.nanos("/pools/other"));
        atMost(what + ", unattributed", runs, cpu -> Math.abs(cpu.unattributedNanos()));
        show(what + ", teardown of threads, estimated", runs, WhoseCpu::teardownNanos);
        show(what + ", main", runs, WhoseCpu::mainNanos);
        show(what + ", in /pools", runs, cpu -> cpu.totalNanos("/pools"));
        show(what + ", in /jvm", runs, cpu -> cpu.totalNanos("/jvm"));
        show(what + ", the JVM's own threads", runs, WhoseCpu::vmNanos);
    }

    private void atMost(String what, List<WhoseCpu> runs, ToLongFunction<WhoseCpu> part) {
        to.accept(Row.atMost(LIMIT_PERCENT, what, jdk, percent(runs, part), "%"));
    }

    private void show(String what, List<WhoseCpu> runs, ToLongFunction<WhoseCpu> part) {
        to.accept(Row.shown(what, jdk, percent(runs, part), "%"));
    }

    /** Of the process's. */
    private static Sample percent(List<WhoseCpu> runs, ToLongFunction<WhoseCpu> part) {
        return new Sample(runs.stream()
                .map(cpu -> 100.0 * part.applyAsLong(cpu) / cpu.processNanos())
                .toList());
    }
}
