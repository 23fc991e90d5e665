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
 * What the command line asked for.
 *
 * @param seconds of load, warm-up included
 * @param requests of the load after a warm-up of half as many, in place of seconds; 0 if not given
 * @param port 0 for a free one
 * @param javaHome of the JDK that runs the service and the load generator
 * @param json where all numbers are written, or null
 * @param rules for the service's agent, or null
 * @param attach whether the agent comes into the service when that works under load already
 * @param filter whether the service has its filter, which enters containers
 * @param hierarchies whose usage is read too, beside those of the filter, separated by commas
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

    /** Takes {@code --name value} and {@code --name=value}; the last of a name counts. */
    static DemoOptions parse(List<String> arguments) throws DemoFailure {
        Map<String, String> given = new LinkedHashMap<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            String name = argument.replaceFirst("=.*", "");
            if (!NAMES.contains(name)) {
                throw new DemoFailure(
                        argument + " is no option; " + String.join(", ", NAMES) + ", --help are");
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

    /** Fails with one line when something is not there that the processes would stumble over. */
    void check() throws DemoFailure, IOException {
        ServiceProcess.checkFree(port);
        JavaHome.check(javaHome);
        mustExist(agent, "the agent is", "; mvn package builds it");
        mustExist(settings, "the settings of its events are", "; mvn package builds them");
        mustBeWritable(recording, "--recording");
        if (json != null) {
            mustBeWritable(json, "--json");
        }
        if (rules != null) {
            mustExist(rules, "the rules are", "");
        }
        if (attach && filter) {
            throw new DemoFailure(
                    "an agent can't come late to a service that has used the API, as its"
                            + " filter does; --attach on needs --rules FILE, and no --filter");
        }
        mustHaveNoComma(recording);
        mustHaveNoComma(rules);
    }

    private static void mustHaveNoComma(@Nullable Path file) throws DemoFailure {
        if (file != null && file.toString().contains(",")) {
            throw new DemoFailure(file + " has a comma, which the JVM's options can't take");
        }
    }

    private static void mustBeWritable(Path file, String option) throws DemoFailure {
        @Nullable Path directory = file.getParent();
        if (directory == null || !Files.isWritable(directory) || Files.isDirectory(file)) {
            throw new DemoFailure(file + " can't be written; " + option + " FILE names another");
        }
    }

    private static void mustExist(Path file, String what, String remedy) throws DemoFailure {
        if (!Files.isRegularFile(file)) {
            throw new DemoFailure(what + " not at " + file + remedy);
        }
    }

    private static int number(
            Map<String, String> given, String name, int unlessGiven, int least, int most)
            throws DemoFailure {
        @Nullable String text = given.get(name);
        if (text == null) {
            return unlessGiven;
        }
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (least <= number && number <= most) {
                return number;
            }
        }
        throw new DemoFailure(name + " is " + text + "; it can be " + least + " to " + most);
    }

    private static boolean isOn(Map<String, String> given, String name, boolean unlessGiven)
            throws DemoFailure {
        @Nullable String text = given.get(name);
        if (text == null) {
            return unlessGiven;
        }
        if (text.equals("on") || text.equals("off")) {
            return text.equals("on");
        }
        throw new DemoFailure(name + " is " + text + "; it can be on or off");
    }

    private static Path path(Map<String, String> given, String name, String unlessGiven) {
        return Path.of(given.getOrDefault(name, unlessGiven)).toAbsolutePath().normalize();
    }
}
