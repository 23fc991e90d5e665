package io.corral.examples.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the demo says at its end. */
final class Summary {

    private final Result result;
    private final DemoOptions options;

    Summary(Result result, DemoOptions options) {
        this.result = result;
        this.options = options;
    }

    void print(PrintStream out) {
        out.println();
        out.println(new UsageTable(result.recording()));
        out.println();
        out.println(new CostTable(result.costs()));
        out.println();
        explanations().forEach(out::println);
        out.println();
        out.println(check());
        result.check().differences().forEach(line -> out.println("  " + line));
        out.println();
        openings(out);
    }

    private List<String> explanations() {
        List<String> lines = new ArrayList<>(List.of(
                "main:/ itself is the JVM's start. Tomcat's own threads are in pools, and so is what comes"
                        + " before the filter.",
                "Corral's hooks: with its readings, and within the containers above. Its threads are /jvm/corral.",
                "A unit is one of a request's equal pieces of work. Containers include the warm-up, the CPU"
                        + " a unit does not."));
        if (result.recording().reconciliation().teardownCpuNanos() == Amount.UNKNOWN) {
            lines.add(
                    "The teardown is n/a: fewer than four probes were seen to their end, as on one CPU"
                            + " or a busy machine.");
        }
        return lines;
    }

    private String check() {
        RecordingCheck check = result.check();
        return "Of "
                + check.compared()
                + " containers that rest after the load, the recording's last totals and what the"
                + " API said"
                + (check.differences().isEmpty() ? " are equal." : " differ:");
    }

    private void openings(PrintStream out) {
        Path recording = options.recording();
        Path jfr = options.javaHome().resolve("bin").resolve("jfr");
        out.println("The recording is " + recording);
        out.println("  JDK Mission Control opens it: the events are under Corral.");
        out.println("  " + jfr + " print --events corral.ContainerTotal " + recording);
        if (result.end().virtualRequests()) {
            // The same JDK that has virtual threads has the command.
            out.println("  " + jfr + " view --width 200 corral.ContainerTotal " + recording);
        }
    }
}
