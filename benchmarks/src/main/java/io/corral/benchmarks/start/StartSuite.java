package io.corral.benchmarks.start;

import io.corral.benchmarks.harness.ChildJvm;
import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.Samples;
import io.corral.benchmarks.harness.Setup;
import io.corral.benchmarks.harness.Suite;
import io.corral.benchmarks.harness.SuiteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Starts a JVM with each agent in turn, and compares the CPU time of the whole processes. */
@Command(
        name = "start",
        description = "The CPU time of a JVM that prints one line, from its start to its end.")
public final class StartSuite extends Suite {

    private static final double BUDGET_MILLIS = 60;

    /** Prints user and system time in seconds after the program's own output. */
    private static final String TIME = "TIMEFORMAT='%3U %3S'; time \"$@\"";

    public StartSuite(SuiteOptions options) {
        super(options);
    }

    @Override
    protected void run(Jdk jdk, Jars jars) throws Exception {
        checkActive(jdk, jars);
        Samples<Setup> millis = Samples.inRounds(
                quickOr(11, 61), List.of(Setup.values()), setup -> cpuMillis(jdk, jars, setup));
        for (Setup setup : Setup.values()) {
            report().show(setup + ", CPU", millis.of(setup), "ms");
        }
        for (Setup corral : Setup.WITH_CORRAL) {
            report().show(
                            corral + " - " + Setup.EMPTY_AGENT + ", CPU",
                            millis.difference(corral, Setup.EMPTY_AGENT),
                            "ms",
                            BUDGET_MILLIS);
        }
    }

    private static void checkActive(Jdk jdk, Jars jars) throws IOException, InterruptedException {
        List<String> command = command(jdk, jars, Setup.EXACT);
        command.add(1, "-Dcorral.log=info");
        String printed = ChildJvm.run(command);
        if (!printed.contains("corral: active")) {
            throw new IOException("Corral is not active on JDK " + jdk.version() + ": " + printed);
        }
    }

    private static double cpuMillis(Jdk jdk, Jars jars, Setup setup)
            throws IOException, InterruptedException {
        List<String> timed = new ArrayList<>(List.of("bash", "-c", TIME, "time"));
        timed.addAll(command(jdk, jars, setup));
        String[] lines = ChildJvm.run(timed).trim().split("\n", -1);
        return millis(lines[lines.length - 1]);
    }

    /**
     * Milliseconds from user and system time in seconds, as bash prints them in the user's locale.
     */
    static double millis(String times) {
        String[] seconds = times.trim().replace(',', '.').split(" ", -1);
        return 1_000 * (Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1]));
    }

    private static List<String> command(Jdk jdk, Jars jars, Setup setup) {
        // The heap is fixed, because a JVM's own work at its start depends on its size.
        List<String> command = new ArrayList<>(List.of(jdk.java().toString(), "-Xmx256m"));
        command.addAll(setup.flags(jars));
        command.addAll(List.of("-cp", jars.benchmarks().toString(), Hello.class.getName()));
        return command;
    }
}
