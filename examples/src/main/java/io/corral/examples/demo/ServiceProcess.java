package io.corral.examples.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.examples.service.Service;
import io.corral.examples.service.Shop;
import io.corral.examples.service.UsageReading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The service in a separate JVM, which makes a flight recording. It ends when its standard input
 * ends, so also with this JVM. It prints its errors where this JVM prints.
 */
final class ServiceProcess implements AutoCloseable {

    private static final String READY = "ready ";

    private final Process process;
    private final BufferedReader output;
    private final int port;

    /** Returns when the service is ready. */
    ServiceProcess(
            Path agent,
            @Nullable Path rules,
            PendingRecording recording,
            String... serviceArguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xms256m",
                "-Xmx256m",
                "-javaagent:" + agent,
                "-XX:StartFlightRecording:filename=" + quoted(recording.file())
                        + ",settings=default,settings="
                        + quoted(agent.resolveSibling("corral-profile.jfc"))));
        if (rules != null) {
            // An argument of the agent could not have a comma.
            command.add("-Dcorral.rules=" + rules);
        }
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), Service.class.getName(), "0"));
        command.addAll(List.of(serviceArguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        recording.writtenBy(process);
        output = process.inputReader();
        port = Integer.parseInt(readyLine(output).substring(READY.length()));
        if (!usage().active()) {
            throw new IOException("the agent was loaded into the service, but is not active");
        }
    }

    /** Without quotes, a comma would end the path. */
    private static String quoted(Path path) {
        char quote = path.toString().indexOf('"') < 0 ? '"' : '\'';
        return quote + path.toString() + quote;
    }

    private static String readyLine(BufferedReader output) throws IOException {
        String last = "";
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return line;
            }
            last = ": " + line;
        }
        throw new IOException("the service ended early" + last);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** {@code corral top} on the service, on the terminal of this process. */
    Process top() throws IOException {
        return new ProcessBuilder(
                        java(),
                        // The terminal library has native code.
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.corral.commands.Tools",
                        "top",
                        Long.toString(pid()))
                .inheritIO()
                .start();
    }

    /** Reads the usage from the API in the service. */
    UsageReading usage() throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + port + Shop.USAGE_PATH);
        try (InputStream answer = uri.toURL().openStream()) {
            return JSON.std.beanFrom(UsageReading.class, answer);
        }
    }

    /** As {@link #usage}, also while the service answers no request. */
    UsageReading usageOfBusyService() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        String answer = output.readLine();
        if (answer == null) {
            throw new IOException("the service ended early");
        }
        return JSON.std.beanFrom(UsageReading.class, answer);
    }

    /** Returns when the JVM has written its recording and ended. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        int exitCode = process.waitFor();
        if (exitCode != 0) {
            throw new IOException("the service exited with " + exitCode);
        }
    }
}
