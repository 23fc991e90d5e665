package io.corral.integration.harness;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Forks a JVM, by default with the packaged agent. */
public final class ForkedJvm {

    private static final long TIMEOUT_SECONDS = 600;

    private final Jdk jdk;
    private final List<String> flags = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private boolean optimizes;
    private @Nullable String agentArguments = "";
    private @Nullable File directory;
    private long timeoutSeconds = TIMEOUT_SECONDS;

    private ForkedJvm(Jdk jdk) {
        this.jdk = jdk;
    }

    public static ForkedJvm on(Jdk jdk) {
        return new ForkedJvm(jdk);
    }

    public static String agentJar() {
        return required("corral.agent.jar");
    }

    /** The settings file of flight recordings for reports. */
    public static String profileSettings() {
        return agentJar().replace("-agent.jar", "-profile.jfc");
    }

    public static String runtimeJar() {
        return required("corral.runtime.jar");
    }

    public static String examplesDir() {
        return required("corral.examples.dir");
    }

    public static String toolsDir() {
        return required("corral.tools.dir");
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("system property " + property + " is not set");
        }
        return new File(value).toPath().normalize().toString();
    }

    public ForkedJvm withoutAgent() {
        agentArguments = null;
        return this;
    }

    public ForkedJvm agentArguments(String arguments) {
        agentArguments = arguments;
        return this;
    }

    public ForkedJvm flags(String... more) {
        flags.addAll(Arrays.asList(more));
        return this;
    }

    /**
     * Runs the program with the optimizing compiler too, so that hooks are tested in optimized
     * code. A short program uses a sixth less CPU time without that compiler.
     */
    public ForkedJvm optimizing() {
        optimizes = true;
        return this;
    }

    public ForkedJvm timeoutSeconds(long seconds) {
        timeoutSeconds = seconds;
        return this;
    }

    /** A JVM without the agent that may load it into itself without a warning. */
    public ForkedJvm attachingItself() {
        flags.add("-Djdk.attach.allowAttachSelf=true");
        if (jdk.feature() >= 21) {
            flags.add("-XX:+EnableDynamicAgentLoading");
        }
        return withoutAgent();
    }

    public ForkedJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public ForkedJvm directory(File directory) {
        this.directory = directory;
        return this;
    }

    /** Runs a class of the tests' class path to its end. */
    public Outcome runMain(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of("-cp", classPath(), main.getName()));
        command.addAll(Arrays.asList(arguments));
        return run(command.toArray(new String[0]));
    }

    /** Starts a class of the tests' class path without waiting for its end. */
    public RunningJvm startMain(Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>(List.of("-cp", classPath(), main.getName()));
        words.addAll(Arrays.asList(arguments));
        return start(words.toArray(new String[0]));
    }

    /** Starts {@code java} with these arguments after the flags, without waiting for its end. */
    public RunningJvm start(String... arguments) {
        List<String> command = command();
        command.addAll(Arrays.asList(arguments));
        return startCommand(command);
    }

    /** Runs {@code java} with these arguments after the flags, to its end. */
    public Outcome run(String... arguments) {
        List<String> command = command();
        command.addAll(Arrays.asList(arguments));
        return runCommand(command);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(jdk.command("java"));
        command.add("-Djava.io.tmpdir=" + temporaryFiles());
        if (!optimizes) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        if (agentArguments != null) {
            command.add("-javaagent:" + agentJar()
                    + (agentArguments.isEmpty() ? "" : "=" + agentArguments));
        }
        command.addAll(flags);
        return command;
    }

    /**
     * The folder for files of tests and forked JVMs. It is in the build's folder, so that a clean
     * build deletes them.
     */
    public static Path temporaryFiles() {
        try {
            return Files.createDirectories(Path.of("target", "tmp").toAbsolutePath());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        builder.directory(directory);
        ForkedJvmTotals.started();
        return builder.start();
    }

    /** Starts any command, with this environment, without waiting for its end. */
    public RunningJvm startCommand(List<String> command) {
        try {
            return new RunningJvm(start(command));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Runs any command, with this environment, to its end. */
    public Outcome runCommand(List<String> command) {
        try {
            Process process = start(command);
            process.getOutputStream().close();
            CompletableFuture<String> out = drain(process.getInputStream());
            CompletableFuture<String> err = drain(process.getErrorStream());
            if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end after " + timeoutSeconds + " s: " + command
                        + "\n" + out.join() + err.join());
            }
            return new Outcome(process.exitValue(), out.join(), err.join());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static CompletableFuture<String> drain(InputStream in) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException failure) {
                        return failure.toString();
                    }
                },
                task -> new Thread(task, "drain").start());
    }

    /** The tests' own class path: surefire hides it behind a jar that only has a manifest. */
    public static String classPath() {
        String real = System.getProperty("surefire.test.class.path");
        return real != null ? real : System.getProperty("java.class.path");
    }

    /** The folder that has only the tests' own classes. */
    public static String testClasses() {
        try {
            return new File(ForkedJvm.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** How a forked JVM ended. */
    public record Outcome(int exitCode, String out, String err) {

        /** The lines on standard error, without the empty ones. */
        public List<String> errLines() {
            return err.lines().filter(line -> !line.isBlank()).toList();
        }

        /** The value after {@code key=} in a line of standard output. */
        public String value(String key) {
            return out.lines()
                    .filter(line -> line.startsWith(key + "="))
                    .map(line -> line.substring(key.length() + 1))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("no " + key + "= in:\n" + out + err));
        }

        public long number(String key) {
            return Long.parseLong(value(key));
        }
    }
}
