package io.corral.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * What a process had most of in memory ({@code VmHWM}), looked at now and then: what it takes between the last look and its end is
 * missed.
 */
final class PeakMemory {

    /** Seldom enough not to be in its way. */
    private static final long PAUSE_MILLIS = 50;

    private static final String PEAK = "VmHWM:";

    /** The kernel's kB are of 1,024 bytes. */
    private static final double MEGABYTES_IN_A_KILOBYTE = 1.024e-3;

    private PeakMemory() {}

    /**
     * Waits for the process to end.
     *
     * @return megabytes; empty if the kernel told nothing, or not before the end
     */
    static OptionalDouble untilTheEnd(Process process) throws InterruptedException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        OptionalDouble peak = OptionalDouble.empty();
        while (!process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            OptionalDouble now = megabytes(status);
            peak = now.isPresent() ? now : peak;
        }
        return peak;
    }

    private static OptionalDouble megabytes(Path status) {
        try {
            return megabytes(Files.readAllLines(status));
        } catch (IOException goneOrNotTold) {
            return OptionalDouble.empty();
        }
    }

    /** Of a process's status. One that has ended and is not yet waited for has none. */
    static OptionalDouble megabytes(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(PEAK))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .map(kilobytes -> kilobytes * MEGABYTES_IN_A_KILOBYTE)
                .findAny();
    }
}
