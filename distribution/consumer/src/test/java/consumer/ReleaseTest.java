package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.junit.CpuBudget;
import io.corral.micrometer.CorralMetrics;
import io.corral.opentelemetry.CorralSpans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
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

    @Test
    void spanHasItsContainer() {
        InMemorySpanExporter exporter = InMemorySpanExporter.create();
        SdkTracerProvider.builder()
                .addSpanProcessor(CorralSpans.withUsage(SimpleSpanProcessor.create(exporter)))
                .build()
                .get("test")
                .spanBuilder("work")
                .startSpan()
                .end();
        Attributes attributes = exporter.getFinishedSpanItems().get(0).getAttributes();
        assertEquals("/", attributes.get(AttributeKey.stringKey("corral.container")));
    }

    private static void work() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long until = threads.getCurrentThreadCpuTime() + CPU_NANOS;
        while (threads.getCurrentThreadCpuTime() < until) {
            Thread.onSpinWait();
        }
    }
}
