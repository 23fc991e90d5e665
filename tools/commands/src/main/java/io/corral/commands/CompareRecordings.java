package io.corral.commands;

import io.corral.commands.view.ComparisonText;
import io.corral.report.diff.Basis;
import io.corral.report.diff.Comparison;
import io.corral.report.diff.DiffPage;
import io.corral.report.diff.RecordedUsage;
import io.corral.report.diff.Regression;
import io.corral.report.diff.Regression.Tolerance;
import io.corral.report.recording.EventFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The command {@code report} with two recordings: prints what grew, makes a page, and fails if
 * containers grew by more than a tolerance.
 *
 * @param basis null if the command chooses
 * @param tolerance null if the command does not fail because of growth
 */
record CompareRecordings(
        CommandSpec spec,
        Path before,
        Path after,
        @Nullable Basis basis,
        @Nullable Tolerance tolerance) {

    private static final int GREW = 3;

    /** @return the exit code */
    int run(Path page) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Comparison comparison = Comparison.read(before, after);
        Basis chosen = chosen(comparison);
        warn(before, comparison.before(), err);
        warn(after, comparison.after(), err);
        PageFile.write(page, file -> DiffPage.write(comparison, chosen, file));
        ComparisonText text = new ComparisonText(comparison, chosen);
        text.lines().forEach(out::println);
        if (basis == null && !comparison.haveSameLength()) {
            out.println("the recordings differ in length, so rates are compared; --by total"
                    + " compares totals");
        }
        out.println("the report is " + page);
        if (tolerance == null) {
            return 0;
        }
        List<Regression> found = Regression.find(comparison, chosen, tolerance);
        text.regressions(found, tolerance).forEach(line -> err.println("corral: " + line));
        out.println(text.verdict(found.isEmpty(), tolerance));
        return found.isEmpty() ? 0 : GREW;
    }

    private Basis chosen(Comparison comparison) {
        if (basis != null) {
            refuseDamaged(before, comparison.before());
            refuseDamaged(after, comparison.after());
            return basis;
        }
        if (tolerance != null && !comparison.haveSameLength()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--fail-over without --by needs recordings of the same length, and these have "
                            + seconds(comparison.before()) + " and "
                            + seconds(comparison.after())
                            + "; expected --by rate for a service, or --by total for a program"
                            + " with a fixed amount of work");
        }
        return Basis.RATE;
    }

    /** The total of a part of a recording is too small. */
    private void refuseDamaged(Path file, RecordedUsage recording) {
        if (basis == Basis.TOTAL && tolerance != null && recording.damage() != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    file + " is damaged, so its totals are too small for --fail-over: "
                            + recording.damage() + "; expected a whole recording, or --by rate");
        }
    }

    private static String seconds(RecordedUsage recording) {
        return Math.round(recording.nanos() / 1e8) / 10.0 + " s";
    }

    private static void warn(Path file, RecordedUsage recording, PrintWriter err) {
        String damage = recording.damage();
        if (damage != null) {
            err.println("corral: " + EventFile.warning(file, damage));
        }
    }
}
