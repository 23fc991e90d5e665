package io.corral.examples.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.commands.RulesText;
import io.corral.commands.reading.Recording;
import io.corral.examples.load.Load;
import io.corral.examples.service.Service;
import io.corral.examples.service.UsageReading;
import io.corral.examples.service.VirtualThreads;
import io.corral.report.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code corral demo}: runs the service under load and prints what was charged. */
@Command(
        name = "corral demo",
        sortOptions = false,
        description = {
            "Runs a real service with the agent, and shows where its CPU time and its allocated"
                    + " bytes went.",
            "",
            "The service is an embedded Tomcat with four endpoints. They parse JSON, compute"
                    + " hashes, sort, and query an embedded database, in part on other threads. A"
                    + " filter enters the container of the tenant, /tenants/NAME, and in a second"
                    + " hierarchy that of the endpoint. The requests of three tenants come in the"
                    + " ratio one to"
                    + " two to three. Then the service is stopped, and the contents of its flight"
                    + " recording are printed. Nothing leaves this machine.",
            "",
            "With --noisy one tenant floods the service, and limits keep the others running.",
            "",
            "With --rules examples/demo.rules the tenants and endpoints are the same, without a"
                    + " line of code in the service.",
            ""
        })
public final class Demo implements Callable<Integer> {

    private static final String NAME = "corral-demo";

    private enum OnOff {
        on,
        off
    }

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "15",
            description = "duration of the load, including the warm-up of at most 5 s (15)")
    private int seconds;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "send N requests instead of a duration, rounded up to rounds of 48, after"
                    + " a warm-up of half the rounds")
    private int requests;

    @Option(
            names = "--recording",
            paramLabel = "FILE",
            description = "file for the flight recording, beside which the page is written"
                    + " (corral-demo.jfr, or corral-demo-2.jfr and so on if that is used)")
    private @Nullable Path recording;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "file for the usage that the API returned before and after the load")
    private @Nullable Path json;

    @Option(names = "--rules", paramLabel = "FILE", description = "rules for the service's agent")
    private @Nullable Path rules;

    @Option(
            names = "--filter",
            paramLabel = "on|off",
            description = "whether the service has its filter (on; off with --rules)")
    private @Nullable OnOff filter;

    @Option(
            names = "--watch",
            description = "show corral top while the load runs; q ends it, and the load goes on")
    private boolean isWatched;

    @Option(
            names = "--noisy",
            description = "let one tenant flood the service, without a limit and with two limits in"
                    + " turns, and show how long the others' requests took (15 seconds each)")
    private boolean isNoisy;

    @Option(
            names = "--virtual",
            description = "with --noisy: requests on virtual threads (JDK 21 and newer), and a part"
                    + " with requests that never yield")
    private boolean isVirtual;

    @Option(
            names = "--agent",
            paramLabel = "FILE",
            defaultValue = "agent/target/corral-agent.jar",
            // The script passes it.
            hidden = true,
            description = "the agent, beside its settings for JFR (the one of this build)")
    private Path agent = Path.of("");

    // Read by picocli.
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this")
    private boolean help;

    @Spec
    private CommandSpec spec;

    // The fields are set by picocli.
    @SuppressWarnings("NullAway")
    Demo() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(new Demo()).execute(arguments));
    }

    /** A wrong option gets one line; the whole usage would hide it. */
    static CommandLine commandLine(Demo demo) {
        return new CommandLine(demo).setParameterExceptionHandler((wrong, given) -> {
            wrong.getCommandLine()
                    .getErr()
                    .println("corral demo: " + wrong.getMessage() + "; --help lists the options");
            return CommandLine.ExitCode.USAGE;
        });
    }

    boolean isFiltered() {
        return filter == null ? rules == null : filter == OnOff.on;
    }

    @Override
    public Integer call() throws InterruptedException {
        checkRange("--seconds", seconds, 2, 3_600);
        checkRange("--requests", requests, 0, 1_000_000);
        if (recording == null) {
            // A file that is not there.
            checkWritable("--recording", Path.of(NAME + "-" + UUID.randomUUID()));
        } else {
            checkWritable("--recording", recording);
            checkWritable("--recording", Report.pageFor(recording));
        }
        if (json != null) {
            checkWritable("--json", json);
        }
        if (isNoisy && (rules != null || filter != null || requests != 0 || json != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--noisy has rules and load of its own: only --virtual, --seconds, --recording"
                            + " and --watch can be given besides");
        }
        if (isVirtual && !isNoisy) {
            throw new ParameterException(
                    spec.commandLine(), "--virtual is for --noisy; expected --noisy --virtual");
        }
        if (isVirtual && !VirtualThreads.exist()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--virtual needs virtual threads, which Java "
                            + Runtime.version().feature() + " has not; expected JDK 21 or newer");
        }
        if (rules != null && !areCorrect(rules)) {
            return CommandLine.ExitCode.USAGE;
        }
        try (PendingRecording pending = recording == null
                ? PendingRecording.ofUnusedName(Path.of(NAME))
                : PendingRecording.of(recording)) {
            try {
                if (isNoisy) {
                    new NoisyDemo(agent, seconds, isWatched, isVirtual).run(pending);
                } else {
                    run(pending);
                }
            } catch (IOException e) {
                if (pending.isAbandoned()) {
                    return 1; // the service was interrupted with the demo
                }
                throw e;
            }
            return 0;
        } catch (IOException e) {
            System.out.println(); // ends the line of progress
            System.err.println("corral demo: " + e.getMessage());
            return 1;
        }
    }

    private void checkWritable(String option, Path path) {
        String problem = new OutputFile(option, path).problem();
        if (problem != null) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }

    /** Prints the errors of a rules file. With an error, none of its rules would be in force. */
    private boolean areCorrect(Path file) {
        List<String> errors;
        try {
            errors = RulesText.errors(file);
        } catch (IOException unreadable) {
            throw new ParameterException(
                    spec.commandLine(), "--rules: " + unreadable.getMessage(), unreadable);
        }
        PrintWriter err = spec.commandLine().getErr();
        errors.forEach(error -> err.println("corral demo: " + error));
        return errors.isEmpty();
    }

    private void checkRange(String name, int number, int least, int most) {
        if (number < least || number > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    name + " is " + number + "; expected " + least + " to " + most);
        }
    }

    private void run(PendingRecording pending) throws IOException, InterruptedException {
        long rounds = Load.roundsOf(requests);
        int warmup = Math.min(5, seconds / 2);
        UsageReading warm;
        UsageReading end;
        Progress.begin("service");
        try (ServiceProcess service = new ServiceProcess(
                agent,
                rules,
                pending,
                isFiltered() ? new String[0] : new String[] {Service.UNFILTERED})) {
            System.out.println("port " + service.port() + ", Java " + Runtime.version()
                    + ", requests on "
                    + (VirtualThreads.exist() ? "virtual threads" : "platform threads of a pool"));
            if (rounds != 1) {
                Progress.load("warm-up", service.port(), rounds / 2, warmup, null);
            }
            warm = service.usage();
            Process top = isWatched ? service.top() : null;
            Progress.load("load", service.port(), rounds, seconds - warmup, top);
            end = service.usage();
            Progress.begin("recording");
        }
        Path target = pending.target();
        String name = String.valueOf(target.getFileName());
        System.out.println(name);
        List<UnitCost> costs = UnitCost.between(warm, end);
        if (json != null) {
            double spread = UnitCost.spread(costs, UnitCost.ALL);
            try (OutputStream out = Files.newOutputStream(json)) {
                JSON.std.write(Map.of("warm", warm, "end", end, "spread", spread), out);
            }
        }
        Path page = Report.pageFor(target);
        Report report = Report.read(pending.file(), name);
        Recording contents = Recording.open(pending.file());
        pending.complete();
        report.write(page);
        Tables.print(contents, costs, System.out);
        HowToOpen.print(page, target);
    }
}
