package consumer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.junit.CpuBudget;
import io.corral.micrometer.CorralMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

/** What a user does with the artefacts of a release. */
class ReleaseTest {

    private static final long CPU_NANOS = 100_000_000;

    @Test
    @CpuBudget(millis = 10_000)
    void workIsChargedToItsContainer() {
        try (Scope scope = Containers.at("/jobs/work").enter()) {
            work();
        }
        assertTrue(Containers.at("/jobs/work").usage().cpuNanos() >= CPU_NANOS);
    }

    @Test
    void micrometerHasTheMetersOfContainers() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new CorralMetrics().bindTo(registry);
        assertTrue(registry.getMeters().stream()
                .anyMatch(meter -> meter.getId().getName().equals("corral.jvm.cpu.time")));
    }

    private static void work() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long until = threads.getCurrentThreadCpuTime() + CPU_NANOS;
        while (threads.getCurrentThreadCpuTime() < until) {
            Thread.onSpinWait();
        }
    }
}
