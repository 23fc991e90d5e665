package io.corral.commands;

import io.corral.report.Report;
import io.corral.report.recording.EventFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code report}: makes a page from a flight recording. */
@Command(
        name = "report",
        description = {
            "Makes one page of HTML from a flight recording: the CPU time of containers over time,"
                    + " and flame graphs of each. The page needs no network.",
            "java -jar corral-agent.jar --profile prints settings that record all that it shows.",
            "Exit code: 0, 1 if the recording can't be read or the page not be written, 2 if an"
                    + " argument is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReportCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A flight recording.")
    private Path recording;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The page. The default is the recording's name with .html at its end.")
    private @Nullable Path output;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            write();
            return 0;
        } catch (IOException failure) {
            err.println("corral: " + failure.getMessage());
        } catch (NoClassDefFoundError noModule) {
            err.println("corral: this Java has no module jdk.jfr, which reads recordings");
        }
        return FAILED;
    }

    private void write() throws IOException {
        if (!Files.isRegularFile(recording)) {
            throw new IOException(
                    "there is no file " + recording + "; expected a flight recording");
        }
        Report report = Report.read(recording);
        Path page = (output == null ? Report.pageFor(recording) : output).toAbsolutePath();
        try {
            report.write(page);
        } catch (IOException unwritable) {
            throw new IOException(
                    page + " can't be written ("
                            + (unwritable instanceof NoSuchFileException
                                    ? "no such folder"
                                    : unwritable)
                            + "); choose another file with -o",
                    unwritable);
        }
        String damage = report.damage();
        if (damage != null) {
            spec.commandLine().getErr().println("corral: " + EventFile.warning(recording, damage));
        }
        spec.commandLine().getOut().println("the report is " + page);
    }
}
