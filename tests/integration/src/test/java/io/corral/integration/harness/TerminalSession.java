package io.corral.integration.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A command in a real terminal, which is a detached session of {@code tmux}. When the command has
 * ended, the screen shows {@code ended CODE}, and then {@code icanon} and {@code echo}, with a
 * minus before them if the terminal is not as it was. A test that starts one is skipped where there
 * is no {@code tmux}.
 */
public final class TerminalSession implements AutoCloseable {

    /** Before the exit code of the command. */
    public static final String ENDED = "ended ";

    private static final String MODES =
            "stty -a | tr ' ;' '\\n\\n' | grep -xE -e '-?(icanon|echo)'";

    private static final int PATIENCE_SECONDS = 120;
    private static final long MILLIS_BETWEEN_LOOKS = 100;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String server =
            "corral-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    private TerminalSession() {}

    public static TerminalSession start(int columns, int rows, List<String> command) {
        Assumptions.assumeTrue(isInstalled(), "tmux is not installed");
        TerminalSession session = new TerminalSession();
        String quoted = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        session.tmux(
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-x",
                Integer.toString(columns),
                "-y",
                Integer.toString(rows),
                quoted + "; echo \"" + ENDED + "$?\"; " + MODES + "; exec cat");
        return session;
    }

    /** Sends keys by their names in tmux, such as {@code q}, {@code Down} or {@code C-c}. */
    public void press(String... keys) {
        tmux(Stream.concat(Stream.of("send-keys"), Stream.of(keys)).toArray(String[]::new));
    }

    public void resize(int columns, int rows) {
        tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
    }

    /** The lines that are visible now, without spaces at their ends. */
    public List<String> screen() {
        return tmux("capture-pane", "-p").lines().map(String::stripTrailing).toList();
    }

    /** Looks at the screen until it is as expected, and returns it. */
    public List<String> until(Predicate<List<String>> expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            List<String> screen = screen();
            if (expected.test(screen)) {
                return screen;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "not on the screen in time:\n" + String.join("\n", screen));
            }
            pause();
        }
    }

    /** Waits for the end of the command, and returns the screen. */
    public List<String> awaitEnd() {
        return until(lines -> lines.stream().anyMatch(line -> line.matches("-?echo")));
    }

    @Override
    public void close() {
        tmux("kill-server");
    }

    private String tmux(String... words) {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", server));
        command.addAll(List.of(words));
        return run(command);
    }

    private static boolean isInstalled() {
        try {
            run(List.of("tmux", "-V"));
            return true;
        } catch (UncheckedIOException notFound) {
            return false;
        }
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + out);
            }
            return out;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
