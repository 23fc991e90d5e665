package io.corral.examples.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the demo prints at its end. */
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
        howToOpen(out);
    }

    private List<String> explanations() {
        List<String> lines = new ArrayList<>(List.of(
                "Tomcat's own threads are in /pools. So is the part of a request before its tenant is"
                        + " known.",
                "Corral's hooks and readings are part of the containers above. Its own threads are in"
                        + " /jvm/corral.",
                "A unit is one of the equal parts of a request's work. The containers include the"
                        + " warm-up; the CPU of a unit does not."));
        if (result.recording().reconciliation().teardownCpuNanos() == Amount.UNKNOWN) {
            lines.add(
                    "The teardown is n/a because fewer than four probes could be measured, as on one CPU"
                            + " or on a busy machine.");
        }
        return lines;
    }

    private String check() {
        RecordingCheck check = result.check();
        return "The recording and the API "
                + (check.differences().isEmpty() ? "agree on" : "differ on some of")
                + " the totals of "
                + check.compared()
                + " containers that were idle after the load"
                + (check.differences().isEmpty() ? "." : ":");
    }

    private void howToOpen(PrintStream out) {
        Path recording = options.recording();
        Path jfr = options.javaHome().resolve("bin").resolve("jfr");
        out.println("The report is " + options.report());
        out.println(
                "  Open it in a browser: flame graphs of each tenant, and the CPU time over time.");
        out.println("The recording is " + recording);
        out.println("  Open it in JDK Mission Control; the events are under Corral. Or print it:");
        out.println("  " + jfr + " print --events corral.ContainerTotal " + recording);
        if (result.end().virtualRequests()) {
            // A JDK with virtual threads also has this command.
            out.println("  " + jfr + " view --width 200 corral.ContainerTotal " + recording);
        }
    }
}
