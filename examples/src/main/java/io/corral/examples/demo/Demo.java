package io.corral.examples.demo;

import io.corral.examples.service.UsageReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The command {@code corral demo}: runs the service under load and prints what was charged. */
public final class Demo {

    /** Whether this JVM is shutting down. The child processes end then, and that is no failure. */
    private static volatile boolean ending;

    private final DemoOptions options;

    private Demo(DemoOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        if (given.contains("--help") || given.contains("-h")) {
            System.out.print(help());
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending = true, "ending"));
        try {
            DemoOptions options = DemoOptions.parse(given);
            options.check();
            new Demo(options).run();
        } catch (DemoFailure e) {
            System.err.println("corral demo: " + (ending ? "interrupted" : e.getMessage()));
            System.exit(1);
        }
    }

    private static String help() throws IOException {
        try (InputStream text = Demo.class.getResourceAsStream("help.txt")) {
            return new String(
                    Objects.requireNonNull(text, "help.txt is in the jar").readAllBytes(),
                    StandardCharsets.UTF_8);
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
        LoadResult load = load("load", service, options.loadLength(), agent);
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

    private LoadResult load(
            String what, ServiceProcess service, LoadLength length, LoadProcess.Tick tick)
            throws DemoFailure, IOException, InterruptedException {
        begin(what);
        LoadResult result = LoadProcess.run(options, service.port(), length, tick);
        System.out.println(" " + result);
        return result;
    }

    /** Begins a line of progress. The caller completes it. */
    private static void begin(String what) {
        System.out.print(what + " ".repeat(Math.max(1, 11 - what.length())));
        System.out.flush();
    }
}
