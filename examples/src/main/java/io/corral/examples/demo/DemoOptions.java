package io.corral.examples.demo;

import io.corral.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the command line. All paths are absolute. */
final class DemoOptions {

    private enum OnOff {
        on,
        off
    }

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "15",
            description = "duration of the load, including the warm-up (15)")
    private int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            description = "duration of the warm-up in seconds (5, at most half the load)")
    private @Nullable Integer warmup;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "0",
            description = "send N requests after a warm-up of N/2, instead of a duration")
    private int requests;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "port of the service on 127.0.0.1 (a free one)")
    private int port;

    @Option(
            names = "--java",
            paramLabel = "HOME",
            defaultValue = "${sys:java.home}",
            description = "JDK (17 or later) for both processes (the one that runs this)")
    private Path javaHome = Path.of("");

    @Option(
            names = "--recording",
            paramLabel = "FILE",
            defaultValue = "corral-demo.jfr",
            description = "file for the flight recording (corral-demo.jfr)")
    private Path recording = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "file for all numbers")
    private @Nullable Path json;

    @Option(
            names = "--hierarchies",
            paramLabel = "A,B",
            defaultValue = "",
            description = "more hierarchies to include in that file")
    private String hierarchies = "";

    @Option(names = "--rules", paramLabel = "FILE", description = "rules for the service's agent")
    private @Nullable Path rules;

    @Option(
            names = "--filter",
            paramLabel = "on|off",
            description = "whether the service has its filter (on; off with --rules)")
    private @Nullable OnOff filter;

    @Option(
            names = "--attach",
            paramLabel = "on|off",
            defaultValue = "off",
            description = "load the agent while the load runs (off; on needs --rules)")
    private OnOff attach = OnOff.off;

    @Option(
            names = "--watch",
            description = "show corral top while the load runs; q ends it, and the load goes on")
    private boolean watch;

    @Option(
            names = "--tools",
            paramLabel = "PATH",
            description = "class path of Corral's commands, for --watch (those of this build)")
    private @Nullable String tools;

    @Option(
            names = "--agent",
            paramLabel = "FILE",
            defaultValue = "agent/target/corral-agent.jar",
            description = "the agent (the one of this build)")
    private Path agent = Path.of("");

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            defaultValue = "agent/target/corral-profile.jfc",
            description = "the settings for JFR (those of this build)")
    private Path settings = Path.of("");

    int port() {
        return port;
    }

    Path javaHome() {
        return absolute(javaHome);
    }

    Path recording() {
        return absolute(recording);
    }

    /** The page that is made from the recording. */
    Path report() {
        return Report.pageFor(recording());
    }

    /** The file for all numbers, or null. */
    @Nullable Path json() {
        return json == null ? null : absolute(json);
    }

    /** The rules for the service's agent, or null. */
    @Nullable Path rules() {
        return rules == null ? null : absolute(rules);
    }

    boolean filter() {
        return filter == null ? rules == null : filter == OnOff.on;
    }

    boolean attach() {
        return attach == OnOff.on;
    }

    String hierarchies() {
        return hierarchies;
    }

    /** The class path of the command to watch with, or null if the load is not watched. */
    @Nullable String watchedBy() {
        return watch ? tools : null;
    }

    Path agent() {
        return absolute(agent);
    }

    Path settings() {
        return absolute(settings);
    }

    private int warmup() {
        return warmup == null ? Math.min(5, seconds / 2) : warmup;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    LoadLength warmupLength() {
        return requests == 0 ? LoadLength.seconds(warmup()) : LoadLength.requests(requests / 2);
    }

    LoadLength loadLength() {
        return requests == 0
                ? LoadLength.seconds(seconds - warmup())
                : LoadLength.requests(requests);
    }

    /** Fails with one line if something is missing that the processes need. */
    void check() throws DemoFailure, IOException {
        checkRange("--seconds", seconds, 2, 3_600);
        checkRange("--warmup", warmup(), 1, seconds - 1);
        checkRange("--requests", requests, 0, 1_000_000);
        checkRange("--port", port, 0, 65_535);
        ServiceProcess.checkFree(port);
        JavaHome.check(javaHome());
        mustExist(agent(), "the agent", "; build it with mvn package");
        mustExist(settings(), "the settings for JFR", "; build them with mvn package");
        mustBeWritable(recording(), "--recording");
        @Nullable Path jsonFile = json();
        if (jsonFile != null) {
            mustBeWritable(jsonFile, "--json");
        }
        @Nullable Path rulesFile = rules();
        if (rulesFile != null) {
            mustExist(rulesFile, "the rules file", "");
        }
        if (attach() && filter()) {
            throw new DemoFailure(
                    "--attach on needs --rules FILE and no --filter: the filter uses the API, and"
                            + " after that no agent can be loaded");
        }
        if (watch && attach()) {
            throw new DemoFailure("--watch and --attach on exclude each other");
        }
        if (watch && tools == null) {
            throw new DemoFailure("--watch needs --tools PATH; ./corral demo gives it");
        }
        mustHaveNoComma(recording());
        mustHaveNoComma(rulesFile);
    }

    private static void mustHaveNoComma(@Nullable Path file) throws DemoFailure {
        if (file != null && file.toString().contains(",")) {
            throw new DemoFailure(
                    file + " has a comma in its name, which separates options of the JVM");
        }
    }

    private static void mustBeWritable(Path file, String option) throws DemoFailure {
        @Nullable Path directory = file.getParent();
        if (directory == null || !Files.isWritable(directory) || Files.isDirectory(file)) {
            throw new DemoFailure(
                    file + " can't be written; choose another file with " + option + " FILE");
        }
    }

    private static void mustExist(Path file, String what, String remedy) throws DemoFailure {
        if (!Files.isRegularFile(file)) {
            throw new DemoFailure(what + " does not exist: " + file + remedy);
        }
    }

    private static void checkRange(String name, int number, int least, int most)
            throws DemoFailure {
        if (number < least || number > most) {
            throw new DemoFailure(name + " is " + number + "; expected " + least + " to " + most);
        }
    }
}
