package io.corral.benchmarks;

import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One run of the tool: shows rows as they come, and keeps them. */
final class Session {

    private final String command;
    private final Table table;
    private final PrintStream complaints;
    private final List<Report.Line> lines = new ArrayList<>();
    private boolean isComplete = true;

    Session(String command, PrintStream out, PrintStream complaints) {
        this.command = command;
        this.table = new Table(out);
        this.complaints = complaints;
    }

    Consumer<Row> rows(Topic topic) {
        return row -> {
            lines.add(new Report.Line(topic, row));
            table.print(row);
        };
    }

    /** A suite that fails leaves the others, and the rows it had, as they are. */
    void run(Topic topic, Suite suite) {
        try {
            suite.run();
        } catch (Exception e) {
            isComplete = false;
            complaints.println("corral: " + topic + " was not measured to its end");
            e.printStackTrace(complaints);
        }
    }

    boolean isComplete() {
        return isComplete;
    }

    Report report() {
        return new Report(
                command,
                LocalDate.now(ZoneId.systemDefault()).toString(),
                Machine.here(),
                List.copyOf(lines));
    }
}
