package io.corral.benchmarks.tasks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of this process: of its kernel group where who has started it says that there is one, to the nanosecond; else the
 * JVM's own bean's, in steps of 10 ms.
 */
final class ProcessCpu {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final @Nullable Path usage;

    /** @param usage the group's file, or null */
    ProcessCpu(@Nullable String usage) {
        this.usage = usage == null ? null : Path.of(usage);
    }

    long nanos() {
        if (usage == null) {
            return PROCESS.getProcessCpuTime();
        }
        try {
            return Long.parseLong(Files.readString(usage).trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
