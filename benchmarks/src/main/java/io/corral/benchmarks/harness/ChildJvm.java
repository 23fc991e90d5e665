package io.corral.benchmarks.harness;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A child process that exchanges lines with this one. It ends when its standard input ends. */
public class ChildJvm implements AutoCloseable {

    private static final int SECONDS_TO_END = 20;

    private final Path errors;
    private final Process process;
    private final Writer input;
    private final BufferedReader output;

    public ChildJvm(List<String> command) throws IOException {
        errors = Files.createTempFile("corral-bench", ".err");
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        input = process.outputWriter(StandardCharsets.UTF_8);
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Runs a program to its end and returns what it printed on both streams. */
    public static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(
                    "exit code " + code + " of " + String.join(" ", command) + "\n" + printed);
        }
        return printed;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public void writeLine(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /**
     * Waits for a line that begins with {@code word}, and returns the rest of it.
     *
     * @throws IOException if the output ends before, or a line begins with {@code failed}
     */
    public String await(String word) throws IOException {
        @Nullable String line = output.readLine();
        while (line != null && !line.startsWith("failed")) {
            if (line.startsWith(word)) {
                return line.substring(word.length()).trim();
            }
            line = output.readLine();
        }
        throw new IOException("waited for \"" + word + "\", but "
                + (line == null ? "the process ended" : line) + "\n" + Files.readString(errors));
    }

    @Override
    public void close() throws IOException {
        input.close();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(errors);
    }
}
