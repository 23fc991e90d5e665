package io.corral.it;

import io.corral.it.harness.ForkedJvm;
import io.corral.it.harness.Jdk;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of the demo on a JDK, shared by the tests that look at it. */
record DemoRun(Jdk jdk, ForkedJvm.Outcome outcome, Path recording, String json) {

    private static final Map<Integer, DemoRun> RUNS = new ConcurrentHashMap<>();
    private static final Map<Integer, DemoRun> RUNS_BY_RULES = new ConcurrentHashMap<>();

    /** What the demo's filter does, as rules. */
    static final String RULES =
            Path.of(ForkedJvm.examplesDir(), "../demo.rules").toString();

    /** A machine that does much else spoils a run: then there is another. */
    static final int ATTEMPTS = 3;

    static DemoRun on(Jdk jdk) {
        return RUNS.computeIfAbsent(jdk.feature(), unused -> {
            DemoRun run = run(jdk, List.of());
            for (int i = 1; i < ATTEMPTS && run.isSpoilt(); i++) {
                System.out.println("once more, on " + jdk);
                run = run(jdk, List.of());
            }
            return run;
        });
    }

    /** Of a service without a filter; counted in the seconds in which an agent that comes late counts. */
    static DemoRun byRules(Jdk jdk) {
        List<String> options = List.of("--rules", RULES, "--seconds", "17", "--warmup", "9");
        return RUNS_BY_RULES.computeIfAbsent(jdk.feature(), unused -> {
            DemoRun run = run(jdk, options);
            for (int i = 1; i < ATTEMPTS && run.isUneven(); i++) {
                System.out.println("once more, on " + jdk);
                run = run(jdk, options);
            }
            return run;
        });
    }

    private boolean isUneven() {
        return number("spread") > 0.1 || !hasNoDifferences();
    }

    /** Another one, for who finds this one spoilt. */
    static void forgetByRules(Jdk jdk) {
        RUNS_BY_RULES.remove(jdk.feature());
    }

    private boolean isSpoilt() {
        return !isKnown("unattributed")
                || Math.abs(number("unattributed")) > 0.01
                || number("spread") > 0.05
                || !hasNoDifferences();
    }

    boolean hasNoDifferences() {
        return Pattern.compile("\"differences\"\\s*:\\s*\\[\\s*\\]")
                .matcher(json)
                .find();
    }

    private boolean isKnown(String name) {
        return Pattern.compile("\"" + name + "\"\\s*:\\s*-?[0-9]").matcher(json).find();
    }

    /** A run of its own, for one test. */
    static DemoRun run(Jdk jdk, List<String> options) {
        try {
            Path folder = Files.createTempDirectory(ForkedJvm.temporaryFiles(), "demo");
            Path recording = folder.resolve("demo.jfr");
            Path json = folder.resolve("demo.json");
            String examples = ForkedJvm.examplesDir();
            List<String> command = new ArrayList<>(List.of(
                    jdk.command("java"),
                    "-cp",
                    examples + "/corral-examples.jar" + File.pathSeparator + examples + "/lib/*",
                    "io.corral.examples.demo.Demo"));
            command.addAll(List.of("--agent", ForkedJvm.agentJar()));
            command.addAll(
                    List.of("--settings", ForkedJvm.agentJar().replace("-agent.jar", ".jfc")));
            command.addAll(List.of("--seconds", "15", "--warmup", "6"));
            command.addAll(List.of("--recording", recording.toString(), "--json", json.toString()));
            command.addAll(options);
            ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).runCommand(command);
            System.out.println(outcome.out());
            if (outcome.exitCode() != 0) {
                throw new IllegalStateException(
                        "the demo failed:\n" + outcome.out() + outcome.err());
            }
            return new DemoRun(jdk, outcome, recording, Files.readString(json));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The number behind a name that is there once. */
    double number(String name) {
        Matcher found =
                Pattern.compile("\"" + name + "\"\\s*:\\s*(-?[0-9.eE+-]+)").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("no number " + name + " in " + json);
        }
        return Double.parseDouble(found.group(1));
    }
}
