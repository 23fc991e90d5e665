package io.corral.benchmarks.memory;

import io.corral.benchmarks.harness.ChildJvm;
import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.Samples;
import io.corral.benchmarks.harness.Setup;
import io.corral.benchmarks.harness.Suite;
import io.corral.benchmarks.harness.SuiteOptions;
import io.corral.benchmarks.memory.ParkedThreads.Activity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Counts the live heap of parked threads, with Corral and with the empty agent. */
@Command(
        name = "memory",
        description = "The live heap that a thread costs, by the JVM's histogram.")
public final class MemorySuite extends Suite {

    private static final double PLATFORM_BUDGET_BYTES = 288;
    private static final double VIRTUAL_BUDGET_BYTES = 32;

    private static final List<Setup> SETUPS =
            List.of(Setup.EMPTY_AGENT, Setup.EXACT, Setup.ADAPTIVE);

    /** One figure of one setup. */
    private record Figure(Setup setup, String name) {}

    public MemorySuite(SuiteOptions options) {
        super(options);
    }

    @Override
    protected String title() {
        return "memory";
    }

    @Override
    protected void run(Jdk jdk, Jars jars) throws Exception {
        measure(jdk, jars, "platform", quickOr(1_000, 4_000), PLATFORM_BUDGET_BYTES);
        if (jdk.hasVirtualThreads()) {
            measure(jdk, jars, "virtual", quickOr(10_000, 50_000), VIRTUAL_BUDGET_BYTES);
        }
    }

    private void measure(Jdk jdk, Jars jars, String kind, int count, double budget)
            throws IOException, InterruptedException {
        Samples<Figure> bytes = new Samples<>();
        for (int i = 0; i < quickOr(1, 3); i++) {
            for (Setup setup : SETUPS) {
                // Uses a different number of threads each time, because tables grow in steps.
                String printed =
                        ChildJvm.run(command(jdk, jars, setup, kind, count + count / 3 * i));
                printed.lines().forEach(line -> add(setup, line.split(" ", -1), bytes));
            }
        }
        for (Setup corral : Setup.WITH_CORRAL) {
            show("a " + kind + " thread ", corral, bytes, budget);
        }
    }

    private static List<String> command(Jdk jdk, Jars jars, Setup setup, String kind, int count) {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(setup.flags(jars));
        // Interpreted: compiled frames of parked virtual threads differ in size by chance.
        command.addAll(List.of("-Xint", "-XX:+UseSerialGC", "-Xmx2g"));
        command.addAll(List.of(
                "-cp",
                jars.benchmarks() + ":" + jars.examplesClassPath(),
                ThreadHeap.class.getName(),
                kind,
                String.valueOf(count)));
        return command;
    }

    private static void add(Setup setup, String[] words, Samples<Figure> bytes) {
        if (words[0].equals("heap")) {
            bytes.add(new Figure(setup, words[1]), Double.parseDouble(words[2]));
            bytes.add(new Figure(setup, words[1] + " all"), Double.parseDouble(words[3]));
        } else if (words[0].equals("ended")) {
            bytes.add(new Figure(setup, words[0]), Double.parseDouble(words[1]));
        }
    }

    private void show(String thread, Setup corral, Samples<Figure> bytes, double budget) {
        for (Activity activity : Activity.values()) {
            String what = thread + activity.words + ", " + corral;
            Figure own = new Figure(corral, activity.name());
            if (activity == Activity.IN_SCOPE) {
                report().show(what, bytes.of(own), "bytes");
            } else {
                report().show(what, bytes.of(own), "bytes", budget);
            }
        }
        String all = Activity.STAYED.name() + " all";
        report().show(
                        thread + "with the JDK's objects - " + Setup.EMPTY_AGENT + ", " + corral,
                        bytes.difference(
                                new Figure(corral, all), new Figure(Setup.EMPTY_AGENT, all)),
                        "bytes");
        report().show(
                        thread + "that has ended, " + corral,
                        bytes.of(new Figure(corral, "ended")),
                        "bytes",
                        1);
    }
}
