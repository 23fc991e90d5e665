package io.corral.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** One run of the tool: shows rows as they come, and keeps them. */
final class Session {

    private final String command;
    private final Table table;
    private final PrintStream complaints;
    private final List<Report.Line> lines = new ArrayList<>();

    /** Of the suite that is being measured. */
    private final List<Report.Line> soFar = new ArrayList<>();

    private final Keeper keeper;
    private boolean isComplete = true;

    /** Where reports go. */
    interface Keeper {
        /** Of a suite that goes on. */
        void keepSoFar(Report report) throws IOException;

        void keep(Report report) throws IOException;
    }

    Session(String command, PrintStream out, PrintStream complaints, Keeper keeper) {
        this.command = command;
        this.keeper = keeper;
        this.table = new Table(out);
        this.complaints = complaints;
    }

    Sheet sheet(Topic topic) {
        return new Sheet() {
            @Override
            public void accept(Row row) {
                soFar.clear();
                add(new Report.Line(topic, row));
            }

            @Override
            public void soFar(List<Row> rows) {
                soFar.clear();
                rows.forEach(row -> soFar.add(new Report.Line(topic, row)));
                keepSoFar();
            }
        };
    }

    private void keepSoFar() {
        try {
            keeper.keepSoFar(report());
        } catch (IOException e) {
            complaints.println("corral: what was measured so far can't be kept: " + e);
        }
    }

    private void add(Report.Line line) {
        lines.add(line);
        table.print(line.row());
    }

    /** A suite that fails leaves the others, and the rows it had, as they are. */
    void run(Topic topic, Suite suite) throws IOException {
        try {
            suite.run();
        } catch (Exception e) {
            isComplete = false;
            complaints.println("corral: " + topic + " was not measured to its end");
            e.printStackTrace(complaints);
        }
        soFar.forEach(this::add);
        soFar.clear();
        keeper.keep(report());
    }

    boolean isComplete() {
        return isComplete;
    }

    private Report report() {
        List<Report.Line> all = new ArrayList<>(lines);
        all.addAll(soFar);
        return new Report(
                command,
                LocalDate.now(ZoneId.systemDefault()).toString(),
                Machine.here(),
                List.copyOf(all));
    }
}
