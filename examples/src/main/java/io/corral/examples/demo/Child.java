package io.corral.examples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process of the demo. The end of its standard input asks it to end. So it ends with this JVM,
 * however this JVM ends.
 */
final class Child implements AutoCloseable {

    /** Marks the end of the output. No line of output contains a line break. */
    private static final String END = "\n";

    private static final int SECONDS_TO_STOP = 30;
    private static final int LINES_QUOTED = 20;

    private final String name;
    private final Process process;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final Queue<String> errorLines = new ConcurrentLinkedQueue<>();
    private final Thread errorReader;

    Child(String name, List<String> command) throws IOException {
        this.name = name;
        process = new ProcessBuilder(command).start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of " + name));
        startReader(process.getInputStream(), output::add);
        errorReader = startReader(process.getErrorStream(), this::addErrorLine);
    }

    private Thread startReader(InputStream stream, Consumer<String> lines) {
        Thread reader = new Thread(() -> read(stream, lines), "output of " + name);
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private static void read(InputStream stream, Consumer<String> lines) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, Charset.defaultCharset()))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            // The process ended while it wrote, so its output ends here.
        } finally {
            lines.accept(END);
        }
    }

    private void addErrorLine(String line) {
        if (!line.equals(END) && errorLines.size() < LINES_QUOTED) {
            errorLines.add(line);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Returns the next line that begins with one of {@code words}, and skips other lines. */
    String await(int seconds, String... words) throws DemoFailure, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            @Nullable String line = output.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw failure("printed nothing for " + seconds + " s");
            }
            if (line.equals(END)) {
                throw failure("ended early");
            }
            for (String word : words) {
                if (line.startsWith(word)) {
                    return line;
                }
            }
        }
    }

    /** Asks the process to end and waits until it has. */
    void stop() throws DemoFailure, IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            throw failure("did not stop in " + SECONDS_TO_STOP + " s");
        }
        if (process.exitValue() != 0) {
            throw failure("exited with " + process.exitValue());
        }
    }

    /** The first lines of the standard error. There are none if the process works as intended. */
    List<String> errorLines() {
        return List.copyOf(errorLines);
    }

    private DemoFailure failure(String what) throws InterruptedException {
        if (!process.isAlive()) {
            errorReader.join(TimeUnit.SECONDS.toMillis(2));
        }
        StringBuilder message = new StringBuilder(name).append(' ').append(what);
        for (String line : errorLines) {
            message.append("\n  ").append(line);
        }
        return new DemoFailure(message.toString());
    }

    /** Ends the process if it still runs: by SIGTERM, and after five seconds by SIGKILL. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(5, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
