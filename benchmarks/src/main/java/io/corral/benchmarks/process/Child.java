package io.corral.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that is spoken to in lines. It ends when its standard input does, at the latest with this JVM. */
final class Child implements AutoCloseable {

    /** Stands for the end of the output. No line has a line's end in it. */
    private static final String END = "\n";

    private final Path errors;
    private final Process process;
    private final AtExit atExit;
    private final Writer input;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

    Child(List<String> command) throws IOException {
        errors = Files.createTempFile("corral-bench", ".err");
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        atExit = new AtExit("end of a child", process::destroyForcibly);
        input = new OutputStreamWriter(process.getOutputStream(), Charset.defaultCharset());
        Thread reader = new Thread(this::read, "output of a child");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), Charset.defaultCharset()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            // The process was ended while it wrote: its output ends here, too.
        } finally {
            output.add(END);
        }
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    void say(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** What follows {@code word} in the next line that begins with it; other lines are passed over. */
    String await(String word, int seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            @Nullable String line = output.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(END) || line.startsWith("failed ")) {
                throw new IOException("waited for \"" + word + "\", and got " + described(line)
                        + "\n" + Files.readString(errors));
            }
            if (line.startsWith(word)) {
                return line.substring(word.length());
            }
        }
    }

    /** Asks it to end. */
    void endInput() throws IOException {
        input.close();
    }

    void awaitEnd(int seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IOException("waited for the end of the process: " + Files.readString(errors));
        }
    }

    private static String described(@Nullable String line) {
        if (line == null) {
            return "nothing";
        }
        return line.equals(END) ? "the end of the process" : '"' + line + '"';
    }

    /** Asks it to end, and after some seconds makes it. */
    @Override
    public void close() throws IOException {
        input.close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(errors);
        atExit.cancel();
    }
}
