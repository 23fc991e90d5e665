package io.corral.integration.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints at the end of all tests how many JVMs they started, how much CPU time these used, and what
 * a daily run left out.
 */
public final class ForkedJvmTotals implements TestExecutionListener {

    private static final AtomicInteger STARTED = new AtomicInteger();

    /** Linux reports CPU times to user programs in this unit on every architecture. */
    private static final long NANOS_PER_TICK = TimeUnit.SECONDS.toNanos(1) / 100;

    /** The fields of {@code /proc/self/stat}, counted from the one after the command's name. */
    private static final int USER_TIME_OF_CHILDREN = 13;

    private static final int SYSTEM_TIME_OF_CHILDREN = 14;

    static void started() {
        STARTED.incrementAndGet();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan tests) {
        if (STARTED.get() == 0) {
            return;
        }
        System.out.println("forked JVMs: " + STARTED + ", " + cpuTime());
        if (!FullRun.isOn()) {
            System.out.println("skipped: tests with the tag full, and most others on all JDKs"
                    + " but the newest; mvn verify -Pfull runs them");
        }
    }

    private static String cpuTime() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER_TIME_OF_CHILDREN])
                    + Long.parseLong(fields[SYSTEM_TIME_OF_CHILDREN]);
            return ticks * NANOS_PER_TICK / TimeUnit.SECONDS.toNanos(1) + " s of CPU time";
        } catch (IOException elsewhere) {
            return "CPU time unknown";
        }
    }
}
