package io.corral.examples.demo;

import io.corral.examples.service.UsageReading;
import io.corral.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code corral demo}: runs the service under load and prints what was charged. */
@Command(
        name = "corral demo",
        sortOptions = false,
        description = {
            "Runs a real service with the agent, and shows where its CPU time and its allocated bytes"
                    + " went.",
            "",
            "The service is an embedded Tomcat with four endpoints. They parse JSON, compute hashes,"
                    + " sort, and query an embedded database, in part on other threads. A filter"
                    + " enters the container of the tenant, /tenants/NAME, and in a second hierarchy"
                    + " that of the endpoint. A second process sends the requests of three tenants in"
                    + " the ratio one to two to three. Then both processes are stopped, and the"
                    + " contents of the flight recording are printed. Nothing leaves this machine.",
            "",
            "With --rules examples/demo.rules the tenants and endpoints are the same, without a line"
                    + " of code in the service.",
            ""
        })
public final class Demo implements Callable<Integer> {

    /** Whether this JVM is shutting down. The child processes end then, and that is no failure. */
    private static volatile boolean ending;

    @Mixin
    private DemoOptions options = new DemoOptions();

    // Read by picocli.
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this")
    private boolean help;

    private Demo() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** A wrong option gets one line; the whole usage would hide it. */
    static CommandLine commandLine() {
        return new CommandLine(new Demo()).setParameterExceptionHandler((wrong, given) -> {
            wrong.getCommandLine()
                    .getErr()
                    .println("corral demo: " + wrong.getMessage() + "; --help lists the options");
            return CommandLine.ExitCode.USAGE;
        });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending = true, "ending"));
        try {
            options.check();
            run();
            return 0;
        } catch (DemoFailure e) {
            System.err.println("corral demo: " + (ending ? "interrupted" : e.getMessage()));
            return 1;
        }
    }

    private void run() throws DemoFailure, IOException, InterruptedException {
        Result result;
        try {
            result = measure();
        } catch (DemoFailure e) {
            System.out.println(); // ends the line of progress
            throw e;
        }
        @Nullable Path json = options.json();
        if (json != null) {
            result.write(json);
        }
        Report.read(options.recording()).write(options.report());
        new Summary(result, options).print(System.out);
    }

    private Result measure() throws DemoFailure, IOException, InterruptedException {
        begin("service");
        try (ServiceProcess service = new ServiceProcess(options)) {
            try {
                return measure(service);
            } finally {
                printErrors(service.errorLines());
            }
        }
    }

    private Result measure(ServiceProcess service)
            throws DemoFailure, IOException, InterruptedException {
        if (options.attach()) {
            System.out.println("port " + service.port() + ", without the agent");
        } else {
            System.out.println(describe(service.usage(), service.port()));
        }
        load("warm-up", service, options.warmupLength(), second -> {});
        UsageReading warm = options.attach() ? null : service.usage();
        LateAgent agent = new LateAgent(service, options);
        LoadResult load = watchedLoad(service, agent);
        if (warm == null) {
            warm = agent.firstReading();
            begin("agent");
            System.out.println(describe(warm, service.port()));
        }
        UsageReading end = service.usage();
        begin("recording");
        service.stop();
        System.out.println(options.recording().getFileName());
        return Result.of(load, warm, end, Recording.read(options.recording()));
    }

    private static void printErrors(List<String> lines) {
        if (!lines.isEmpty()) {
            System.out.println("\nThe service printed:");
            lines.forEach(line -> System.out.println("  " + line));
        }
    }

    private static String describe(UsageReading reading, int port) throws DemoFailure {
        if (!reading.active()) {
            throw new DemoFailure("the agent was loaded into the service, but is not active");
        }
        return "port "
                + port
                + ", Java "
                + reading.java()
                + ", requests on "
                + (reading.virtualRequests() ? "virtual threads" : "platform threads of a pool");
    }

    private LoadResult watchedLoad(ServiceProcess service, LateAgent agent)
            throws DemoFailure, IOException, InterruptedException {
        @Nullable String tools = options.watchedBy();
        if (tools == null) {
            return load("load", service, options.loadLength(), agent);
        }
        begin("load");
        try (Watch watch = new Watch(tools, options.javaHome(), service.pid())) {
            LoadResult result =
                    LoadProcess.run(options, service.port(), options.loadLength(), second -> {
                        if (!watch.isShown()) {
                            printDot();
                        }
                    });
            // Until then top has the terminal.
            watch.close();
            System.out.println(" " + result);
            return result;
        }
    }

    private LoadResult load(
            String what, ServiceProcess service, LoadLength length, LoadProcess.Tick tick)
            throws DemoFailure, IOException, InterruptedException {
        begin(what);
        LoadResult result = LoadProcess.run(options, service.port(), length, second -> {
            printDot();
            tick.second(second);
        });
        System.out.println(" " + result);
        return result;
    }

    private static void printDot() {
        System.out.print('.');
        System.out.flush();
    }

    /** Begins a line of progress. The caller completes it. */
    private static void begin(String what) {
        System.out.print(what + " ".repeat(Math.max(1, 11 - what.length())));
        System.out.flush();
    }
}
