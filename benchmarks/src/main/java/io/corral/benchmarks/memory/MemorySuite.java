package io.corral.benchmarks.memory;

import io.corral.benchmarks.harness.Figures;
import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.Report;
import io.corral.benchmarks.harness.Setup;
import io.corral.benchmarks.harness.Suite;
import io.corral.benchmarks.harness.SuiteOptions;
import io.corral.benchmarks.memory.ParkedThreads.Activity;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** Counts the live heap of parked threads, with Corral and with the empty agent. */
@Command(
        name = "memory",
        description = "The live heap that a thread costs, by the JVM's histogram.")
public final class MemorySuite extends Suite {

    private static final double PLATFORM_BUDGET_BYTES = 288;
    private static final double VIRTUAL_BUDGET_BYTES = 32;

    /** Interpreted: compiled frames of parked virtual threads differ in size by chance. */
    private static final List<String> FLAGS = List.of("-Xint", "-XX:+UseSerialGC", "-Xmx2g");

    private static final List<Setup> SETUPS =
            List.of(Setup.EMPTY_AGENT, Setup.EXACT, Setup.ADAPTIVE);

    public MemorySuite(SuiteOptions options) {
        super(options);
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
        Figures bytes = new Figures(jdk, jars);
        for (int i = 0; i < quickOr(1, 3); i++) {
            for (Setup setup : SETUPS) {
                // Uses a different number of threads each time, because tables grow in steps.
                bytes.run(
                        setup,
                        FLAGS,
                        ThreadHeap.class,
                        kind,
                        String.valueOf(count + count / 3 * i));
            }
        }
        for (Setup corral : Setup.WITH_CORRAL) {
            show("a " + kind + " thread ", corral, bytes, budget);
        }
    }

    private void show(String thread, Setup corral, Figures bytes, double budget) {
        for (Activity activity : Activity.values()) {
            String what = thread + activity.words + ", " + corral;
            report().show(
                            what,
                            bytes.of(corral, activity.name()),
                            "bytes",
                            activity == Activity.IN_SCOPE ? Report.NO_BUDGET : budget);
        }
        String all = Activity.STAYED + ThreadHeap.ALL;
        report().show(
                        thread + "with the JDK's objects - " + Setup.EMPTY_AGENT + ", " + corral,
                        bytes.of(corral, all).minus(bytes.of(Setup.EMPTY_AGENT, all)),
                        "bytes");
        report().show(
                        thread + "that has ended, " + corral,
                        bytes.of(corral, ThreadHeap.ENDED),
                        "bytes",
                        1);
    }
}
