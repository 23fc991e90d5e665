package io.corral.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts a process on one CPU, where Linux has the command for it: a thread that is waited for on
 * another CPU costs what it takes to wake that one, which is chance.
 */
public final class OneCpu {

    private static final Path COMMAND = Path.of("/usr/bin/taskset");
    private static final Path STATUS = Path.of("/proc/self/status");

    private OneCpu() {}

    /** What stands before a command; empty if it can't be done. */
    public static List<String> prefix() {
        if (!Files.isExecutable(COMMAND)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(OneCpu::last)
                    .map(cpu -> List.of(COMMAND.toString(), "-c", cpu))
                    .findFirst()
                    .orElse(List.of());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Of {@code Cpus_allowed_list: 0-3,8}: the first has the most interrupts to serve. */
    static String last(String allowed) {
        return allowed.replaceFirst(".*\\D", "");
    }
}
