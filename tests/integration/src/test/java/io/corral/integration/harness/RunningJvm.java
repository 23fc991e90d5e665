package io.corral.integration.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A forked JVM that takes lines on its standard input and answers on its output. Closing ends it.
 */
public final class RunningJvm implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 300;

    /** Marks the end of the output. No line contains a line break. */
    private static final String END_OF_STREAM = "\n";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> errLines = new LinkedBlockingQueue<>();
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer err = new StringBuffer();
    private final Thread outReader;
    private final Thread errReader;

    RunningJvm(Process process) {
        this.process = process;
        this.outReader = reader(process.getInputStream(), out, lines);
        this.errReader = reader(process.getErrorStream(), err, errLines);
    }

    private static Thread reader(InputStream in, StringBuffer text, BlockingQueue<String> lines) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader each =
                            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                        for (String line = each.readLine(); line != null; line = each.readLine()) {
                            text.append(line).append('\n');
                            lines.add(line);
                        }
                    } catch (IOException closed) {
                        text.append(closed).append('\n');
                    } finally {
                        lines.add(END_OF_STREAM);
                    }
                },
                "reader");
        reader.start();
        return reader;
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for a line on its standard output. */
    public void await(String line) {
        until(line);
    }

    /** The lines on its standard output after those of the last wait, up to {@code line}. */
    public List<String> until(String line) {
        return until(line, lines);
    }

    /** The same for its standard error. */
    public List<String> errUntil(String line) {
        return until(line, errLines);
    }

    /** Waits for a line on its standard output that begins so, and returns the rest of it. */
    public String rest(String beginning) {
        return rest(beginning, lines);
    }

    /** The same for its standard error. */
    public String errRest(String beginning) {
        return rest(beginning, errLines);
    }

    private String rest(String beginning, BlockingQueue<String> from) {
        List<String> all = until(line -> line.startsWith(beginning), beginning, from);
        return all.get(all.size() - 1).substring(beginning.length());
    }

    private List<String> until(String line, BlockingQueue<String> lines) {
        return until(line::equals, line, lines);
    }

    private List<String> until(Predicate<String> isLast, String line, BlockingQueue<String> lines) {
        List<String> all = new ArrayList<>();
        try {
            for (String next = ""; all.isEmpty() || !isLast.test(next); ) {
                next = lines.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                if (next == null || next.equals(END_OF_STREAM)) {
                    throw new IllegalStateException("no " + line + " in:\n" + out + err);
                }
                all.add(next);
            }
            return all;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Writes a line to its standard input. */
    public void writeLine(String line) {
        try {
            Writer in = process.outputWriter(StandardCharsets.UTF_8);
            in.write(line + "\n");
            in.flush();
        } catch (IOException ended) {
            throw new IllegalStateException(out.toString() + err, ended);
        }
    }

    /** Ends its standard input. */
    public void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            throw new IllegalStateException(out.toString() + err, ended);
        }
    }

    /** Waits for its end. */
    public ForkedJvm.Outcome end() {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no end:\n" + out + err);
            }
            outReader.join();
            errReader.join();
            return new ForkedJvm.Outcome(process.exitValue(), out.toString(), err.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
