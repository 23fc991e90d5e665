package io.corral.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.TerminalSession;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code corral demo --watch} in a terminal. */
@Tag("full")
class WatchIT {

    /** Enough that a hundredth of a second, the last digit on the screen, is below one per cent. */
    private static final double ENOUGH_SECONDS = 1;

    /** The requests are still being sent: one tenant can be some requests ahead of another. */
    private static final Percentage TOLERANCE = withPercentage(12);

    @TempDir
    Path folder;

    @Test
    void screenShowsTheCpuTimeOfThreeTenants() {
        List<String> command = DemoRun.command(
                Jdk.newest(),
                folder.resolve("demo.jfr"),
                folder.resolve("demo.json"),
                "--watch",
                "--requests",
                "6000");
        try (TerminalSession terminal = TerminalSession.start(110, 40, command)) {
            List<String> screen =
                    terminal.until(lines -> seconds(lines, "acme").orElse(0) > ENOUGH_SECONDS);
            double acme = seconds(screen, "acme").orElseThrow();
            assertThat(seconds(screen, "globex").orElseThrow()).isCloseTo(2 * acme, TOLERANCE);
            assertThat(seconds(screen, "initech").orElseThrow()).isCloseTo(3 * acme, TOLERANCE);
            assertThat(terminal.awaitEnd()).contains(TerminalSession.ENDED + "0", "icanon", "echo");
        }
    }

    /** The total CPU time of a container, as a row such as {@code acme 12.2 | 2.08s ...} has it. */
    private static OptionalDouble seconds(List<String> screen, String container) {
        return screen.stream()
                .filter(line -> line.trim().startsWith(container + " "))
                .flatMap(line -> List.of(line.trim().split(" +")).stream())
                .filter(word -> word.matches("[0-9.]+s"))
                .mapToDouble(word -> Double.parseDouble(word.substring(0, word.length() - 1)))
                .findFirst();
    }
}
