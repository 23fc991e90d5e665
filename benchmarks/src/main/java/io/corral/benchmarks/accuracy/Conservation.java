package io.corral.benchmarks.accuracy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.benchmarks.harness.KernelGroup;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Compares the charges of one container and its children with the CPU time that the kernel counted
 * for the same threads: in a separate group, or by the threads' own clocks if there are no groups.
 */
final class Conservation {

    /** The threads come to rest before a reading. */
    private static final long REST_NANOS = 20_000_000;

    private static final int UNIT_MICROS = 5;

    private final ThreadMXBean clocks = ManagementFactory.getThreadMXBean();
    private final LongAdder ownClocks = new LongAdder();
    private final Container parent = Containers.at("/accuracy/conservation");
    private final Container child = parent.at("child");

    /** @param units the number of units of each thread */
    double errorPercent(int units) throws IOException, InterruptedException {
        try (KernelGroup group = KernelGroup.isAvailable() ? new KernelGroup() : null) {
            return errorPercent(units, group);
        }
    }

    private double errorPercent(int units, @Nullable KernelGroup group)
            throws IOException, InterruptedException {
        int size = Runtime.getRuntime().availableProcessors();
        BarrierThreads crew = new BarrierThreads(size);
        try (Scope scope = parent.enter()) {
            for (int i = 0; i < size; i++) {
                crew.start(false, () -> work(units, group));
            }
        }
        crew.awaitReady();
        LockSupport.parkNanos(REST_NANOS);
        long before = parent.usage().cpuNanos();
        crew.work();
        LockSupport.parkNanos(REST_NANOS);
        double charged = parent.usage().cpuNanos() - before;
        double counted = group == null ? ownClocks.sum() : group.cpuNanos();
        crew.end();
        return 100 * Math.abs(charged - counted) / counted;
    }

    private void work(int units, @Nullable KernelGroup group) {
        if (group != null) {
            group.enter();
        }
        long before = clocks.getCurrentThreadCpuTime();
        for (int i = 0; i < units; i++) {
            unit();
        }
        ownClocks.add(clocks.getCurrentThreadCpuTime() - before);
    }

    private void unit() {
        try (Scope scope = child.enter()) {
            FixedWork.micros(UNIT_MICROS);
        }
    }
}
