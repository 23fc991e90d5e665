package io.corral.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param seconds of load, including the warm-up
 * @param requests instead of seconds, after a warm-up of half as many; 0 if not given
 * @param port 0 for a free one
 * @param javaHome of the JDK that runs the service and the load generator
 * @param json the file for all numbers, or null
 * @param rules for the service's agent, or null
 * @param attach whether the agent is loaded into the service while the load runs
 * @param filter whether the service has the filter that enters containers
 * @param hierarchies further hierarchies whose usage is read, separated by commas
 */
record DemoOptions(
        int seconds,
        int warmup,
        int requests,
        int port,
        Path javaHome,
        Path recording,
        @Nullable Path json,
        @Nullable Path rules,
        boolean filter,
        boolean attach,
        String hierarchies,
        Path agent,
        Path settings) {

    private static final List<String> NAMES = List.of(
            "--seconds",
            "--warmup",
            "--requests",
            "--port",
            "--java",
            "--recording",
            "--json",
            "--rules",
            "--filter",
            "--attach",
            "--hierarchies",
            "--agent",
            "--settings");

    /**
     * Accepts {@code --name value} and {@code --name=value}. The last value of an option counts.
     */
    static DemoOptions parse(List<String> arguments) throws DemoFailure {
        Map<String, String> given = new LinkedHashMap<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            String name = argument.replaceFirst("=.*", "");
            if (!NAMES.contains(name)) {
                throw new DemoFailure("unknown option " + argument + "; expected "
                        + String.join(", ", NAMES) + " or --help");
            }
            if (argument.length() > name.length()) {
                given.put(name, argument.substring(name.length() + 1));
            } else if (rest.hasNext()) {
                given.put(name, rest.next());
            } else {
                throw new DemoFailure(name + " needs a value; see corral demo --help");
            }
        }
        int seconds = number(given, "--seconds", 15, 2, 3_600);
        @Nullable String json = given.get("--json");
        @Nullable String rules = given.get("--rules");
        return new DemoOptions(
                seconds,
                number(given, "--warmup", Math.min(5, seconds / 2), 1, seconds - 1),
                number(given, "--requests", 0, 1, 1_000_000),
                number(given, "--port", 0, 0, 65_535),
                path(given, "--java", System.getProperty("java.home")),
                path(given, "--recording", "corral-demo.jfr"),
                json == null ? null : Path.of(json).toAbsolutePath(),
                rules == null ? null : Path.of(rules).toAbsolutePath().normalize(),
                isOn(given, "--filter", rules == null),
                isOn(given, "--attach", false),
                given.getOrDefault("--hierarchies", ""),
                path(given, "--agent", "agent/target/corral-agent.jar"),
                path(given, "--settings", "agent/target/corral.jfc"));
    }

    LoadLength warmupLength() {
        return requests == 0 ? LoadLength.seconds(warmup) : LoadLength.requests(requests / 2);
    }

    LoadLength loadLength() {
        return requests == 0 ? LoadLength.seconds(seconds - warmup) : LoadLength.requests(requests);
    }

    /** Fails with one line if something is missing that the processes need. */
    void check() throws DemoFailure, IOException {
        ServiceProcess.checkFree(port);
        JavaHome.check(javaHome);
        mustExist(agent, "the agent", "; build it with mvn package");
        mustExist(settings, "the settings for JFR", "; build them with mvn package");
        mustBeWritable(recording, "--recording");
        if (json != null) {
            mustBeWritable(json, "--json");
        }
        if (rules != null) {
            mustExist(rules, "the rules file", "");
        }
        if (attach && filter) {
            throw new DemoFailure(
                    "--attach on needs --rules FILE and no --filter: the filter uses the API, and"
                            + " after that no agent can be loaded");
        }
        mustHaveNoComma(recording);
        mustHaveNoComma(rules);
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

    private static int number(
            Map<String, String> given, String name, int defaultValue, int least, int most)
            throws DemoFailure {
        @Nullable String text = given.get(name);
        if (text == null) {
            return defaultValue;
        }
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (least <= number && number <= most) {
                return number;
            }
        }
        throw new DemoFailure(name + " is " + text + "; expected " + least + " to " + most);
    }

    private static boolean isOn(Map<String, String> given, String name, boolean defaultValue)
            throws DemoFailure {
        @Nullable String text = given.get(name);
        if (text == null) {
            return defaultValue;
        }
        if (text.equals("on") || text.equals("off")) {
            return text.equals("on");
        }
        throw new DemoFailure(name + " is " + text + "; expected on or off");
    }

    private static Path path(Map<String, String> given, String name, String defaultValue) {
        return Path.of(given.getOrDefault(name, defaultValue)).toAbsolutePath().normalize();
    }
}
