package io.corral.commands;

import io.corral.report.Report;
import io.corral.report.diff.Basis;
import io.corral.report.diff.DiffPage;
import io.corral.report.diff.Regression.Tolerance;
import io.corral.report.recording.EventFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code report}: makes a page from a flight recording, or compares two. */
@Command(
        name = "report",
        description = {
            "Makes one page of HTML from a flight recording: the CPU time of containers over time,"
                    + " and flame graphs of each. The page needs no network.",
            "Of two recordings, before and after a change, it prints what each container used in"
                    + " both, and makes a page with a flame graph coloured by growth.",
            "java -jar corral-agent.jar --profile prints settings that record all that it shows.",
            "Exit code: 0, 1 if a recording can't be read or the page not be written, 2 if an"
                    + " argument is wrong, 3 if a container grew by more than --fail-over allows."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReportCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)%");

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "A flight recording; or two, the earlier one first.")
    private List<Path> recordings;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The page. The default is the recording's name with .html at its end, or"
                    + " the second recording's with -diff.html.")
    private @Nullable Path output;

    @Option(
            names = "--by",
            paramLabel = "rate|total",
            description = "What is compared of two recordings: rate, the use in each second, for a"
                    + " service; total, for a program with a fixed amount of work. The default is"
                    + " rate. With --fail-over there is none if the lengths differ by more than"
                    + " 10%%.")
    private @Nullable String by;

    @Option(
            names = "--fail-over",
            paramLabel = "PERCENT",
            description = "Fail if the CPU time or the allocation of a container grew by more than"
                    + " this, such as 20%%.")
    private @Nullable String failOver;

    @Option(
            names = "--floor",
            paramLabel = "PERCENT",
            description = "With --fail-over: growth by less than this part of what the whole"
                    + " process used before is noise. The default is 1%%.")
    private @Nullable String floor;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        checkArguments();
        Basis basis = basis();
        Tolerance tolerance = tolerance();
        Path last = recordings.get(recordings.size() - 1);
        try {
            for (Path recording : recordings) {
                check(recording);
            }
            if (recordings.size() == 1) {
                writeReport(last, page(Report.pageFor(last)));
                return 0;
            }
            Path first = recordings.get(0);
            if (Files.isSameFile(first, last)) {
                throw wrong("both recordings are " + first + "; expected two different files");
            }
            return new CompareRecordings(spec, first, last, basis, tolerance)
                    .run(page(DiffPage.fileFor(last)));
        } catch (IOException failure) {
            err.println("corral: " + failure.getMessage());
        } catch (OutOfMemoryError full) {
            err.println("corral: the heap of " + Runtime.getRuntime().maxMemory() / 1024 / 1024
                    + " MiB is too small for " + last + "; set JDK_JAVA_OPTIONS=-Xmx4g, or more");
        } catch (NoClassDefFoundError noModule) {
            err.println("corral: this Java has no module jdk.jfr, which reads recordings");
        }
        return FAILED;
    }

    private void checkArguments() {
        if (recordings.size() > 2) {
            throw wrong(
                    recordings.size() + " recordings are given; expected one, or two to compare,"
                            + " the earlier one first");
        }
        String needsTwo = by != null
                ? "--by"
                : failOver != null ? "--fail-over" : floor != null ? "--floor" : null;
        if (recordings.size() == 1 && needsTwo != null) {
            throw wrong(needsTwo + " compares two recordings, and one is given; expected"
                    + " report BEFORE AFTER");
        }
        if (floor != null && failOver == null) {
            throw wrong("--floor is given without --fail-over; expected both");
        }
    }

    private @Nullable Basis basis() {
        for (Basis each : Basis.values()) {
            if (each.word().equals(by)) {
                return each;
            }
        }
        if (by != null) {
            throw wrong("--by is \"" + by + "\"; expected rate or total");
        }
        return null;
    }

    private @Nullable Tolerance tolerance() {
        return failOver == null
                ? null
                : new Tolerance(part("--fail-over", failOver), floor(floor == null ? "1%" : floor));
    }

    private double floor(String text) {
        double part = part("--floor", text);
        if (part > 1) {
            throw wrong("--floor is \"" + text
                    + "\"; expected a part of what the process used, such" + " as 1%");
        }
        return part;
    }

    private double part(String option, String text) {
        Matcher number = PERCENTAGE.matcher(text);
        if (!number.matches()) {
            throw wrong(option + " is \"" + text + "\"; expected a percentage such as "
                    + (option.equals("--floor") ? "1%" : "20%"));
        }
        return Double.parseDouble(number.group(1)) / 100;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static void check(Path recording) throws IOException {
        if (Files.isDirectory(recording)) {
            throw new IOException(recording + " is a directory; expected a flight recording");
        }
        if (!Files.isRegularFile(recording)) {
            throw new IOException(
                    "there is no file " + recording + "; expected a flight recording");
        }
    }

    /** The page to write, which must not replace a recording. */
    private Path page(Path byDefault) throws IOException {
        Path page = (output == null ? byDefault : output).toAbsolutePath();
        for (Path recording : recordings) {
            if (Files.exists(page) && Files.isSameFile(page, recording)) {
                throw wrong("the page would replace the recording " + recording
                        + "; choose another file with -o");
            }
        }
        return page;
    }

    private void writeReport(Path recording, Path page) throws IOException {
        Report report = Report.read(recording);
        PageFile.write(page, report::write);
        String damage = report.damage();
        if (damage != null) {
            spec.commandLine().getErr().println("corral: " + EventFile.warning(recording, damage));
        }
        spec.commandLine().getOut().println("the report is " + page);
    }
}
