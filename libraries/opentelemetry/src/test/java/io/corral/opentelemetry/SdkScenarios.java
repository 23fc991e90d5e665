package io.corral.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Spans of the autoconfigured SDK against what is charged to containers. */
final class SdkScenarios {

    private static final AttributeKey<String> CONTAINER =
            AttributeKey.stringKey("corral.container");
    private static final AttributeKey<Double> CPU = AttributeKey.doubleKey("corral.cpu.time");
    private static final AttributeKey<Long> BYTES = AttributeKey.longKey("corral.memory.allocated");
    private static final AttributeKey<String> UNKNOWN =
            AttributeKey.stringKey("corral.usage.unknown");

    private static final OpenTelemetrySdk SDK =
            AutoConfiguredOpenTelemetrySdk.initialize().getOpenTelemetrySdk();
    private static final Tracer TRACER = SDK.getTracer("test");

    private static volatile long sink;
    private static volatile Object garbage;

    private SdkScenarios() {}

    /** The spans that have ended since the last call. */
    private static List<SpanData> exported() {
        SDK.getSdkTracerProvider().forceFlush().join(10, TimeUnit.SECONDS);
        List<SpanData> spans = MemoryExporterProvider.EXPORTER.getFinishedSpanItems();
        MemoryExporterProvider.EXPORTER.reset();
        return spans;
    }

    private static void work(int rounds) {
        long hash = sink;
        for (int i = 0; i < rounds; i++) {
            hash = hash * 31 + i;
        }
        sink = hash;
        garbage = new byte[10_000];
    }

    /** The first span of a JVM decides whether Corral is active. */
    private static void warmUp() {
        TRACER.spanBuilder("first").startSpan().end();
        work(20_000_000);
        exported();
    }

    /** As a server does: the span begins before the tenant is entered, and ends after it. */
    private static void request(Container tenant, int rounds) {
        Span span = TRACER.spanBuilder("request").startSpan();
        try (Scope current = span.makeCurrent()) {
            try (io.corral.Scope scope = tenant.enter()) {
                for (int i = 0; i < 4; i++) {
                    work(rounds);
                    LockSupport.parkNanos(100_000);
                    Span inner = TRACER.spanBuilder("query").startSpan();
                    work(rounds);
                    inner.end();
                }
            }
        } finally {
            span.end();
        }
    }

    @Scenario
    static void sumOfOutermostSpansIsWhatTheTenantUsed(ThreadKind kind) {
        warmUp();
        List<Container> tenants = List.of(
                Containers.at("/spans/" + kind + "/a"), Containers.at("/spans/" + kind + "/b"));
        kind.run(() -> request(tenants.get(0), 100_000));
        exported();
        long[] before = cpuNanos(tenants);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int tenant = i % 2;
            threads.add(kind.start(() -> {
                for (int request = 0; request < 20; request++) {
                    request(tenants.get(tenant), 1_000_000 * (1 + tenant));
                }
            }));
        }
        threads.forEach(ThreadKind::join);
        long[] after = cpuNanos(tenants);
        List<SpanData> spans = exported();
        assertThat(spans).hasSize(4 * 20 * 5);
        assertThat(spans).allMatch(each -> each.getAttributes().get(UNKNOWN) == null);
        for (int i = 0; i < 2; i++) {
            String path = tenants.get(i).path();
            List<SpanData> ofTenant = spans.stream()
                    .filter(each -> path.equals(each.getAttributes().get(CONTAINER)))
                    .toList();
            assertThat(ofTenant).hasSize(2 * 20 * 5);
            assertThat(sum(ofTenant, "request"))
                    .as(path)
                    .isCloseTo((after[i] - before[i]) / 1e9, withPercentage(3));
            // Half of the work is in spans inside.
            assertThat(sum(ofTenant, "query"))
                    .isCloseTo(sum(ofTenant, "request") / 2, withPercentage(15));
        }
    }

    private static long[] cpuNanos(List<Container> containers) {
        Containers.snapshot(Duration.ZERO);
        return containers.stream().mapToLong(each -> each.ownUsage().cpuNanos()).toArray();
    }

    private static double sum(List<SpanData> spans, String name) {
        return spans.stream()
                .filter(each -> each.getName().equals(name))
                .mapToDouble(each -> {
                    Double cpu = each.getAttributes().get(CPU);
                    assertThat(cpu).isNotNull();
                    return cpu;
                })
                .sum();
    }

    @Scenario
    static void spanHasTheBytesThatItsThreadAllocated(ThreadKind kind) {
        warmUp();
        kind.run(() -> {
            Span span = TRACER.spanBuilder("bytes").startSpan();
            Usage before = Containers.currentThreadUsage();
            for (int i = 0; i < 100; i++) {
                garbage = new byte[100_000];
                LockSupport.parkNanos(1_000);
            }
            Usage after = Containers.currentThreadUsage();
            span.end();
            SpanData ended = exported().get(0);
            assertThat(ended.getAttributes().get(BYTES))
                    .isCloseTo(after.allocatedBytes() - before.allocatedBytes(), withPercentage(1));
        });
    }

    @Scenario
    static void spanThatEndsOnAnotherThreadHasItsContainerAndNoUsage(ThreadKind kind) {
        warmUp();
        Container tenant = Containers.at("/spans/async-" + kind);
        Span[] started = new Span[1];
        kind.run(() -> {
            Span span = TRACER.spanBuilder("async").startSpan();
            started[0] = span;
            try (Scope current = span.makeCurrent();
                    io.corral.Scope scope = tenant.enter()) {
                work(1_000_000);
            }
        });
        kind.run(() -> started[0].end());
        SpanData span = exported().get(0);
        assertThat(span.getAttributes().size()).isEqualTo(2);
        assertThat(span.getAttributes().get(CONTAINER)).isEqualTo(tenant.path());
        assertThat(span.getAttributes().get(UNKNOWN)).isEqualTo("ended on another thread");
    }

    @Scenario
    static void spanThatEndsAfterItsContainerWasRemovedHasItsPath() {
        warmUp();
        Container tenant = Containers.at("/spans/removed");
        Span span = TRACER.spanBuilder("late").startSpan();
        try (Scope current = span.makeCurrent();
                io.corral.Scope scope = tenant.enter()) {
            work(1_000_000);
        }
        tenant.remove();
        span.end();
        assertThat(exported().get(0).getAttributes().get(CONTAINER)).isEqualTo("/spans/removed");
    }

    @Scenario
    static void spanInATaskThatIsHandedOverIsInTheContainerOfItsSubmitter() throws Exception {
        warmUp();
        Container tenant = Containers.at("/spans/submitter");
        var pool = java.util.concurrent.Executors.newSingleThreadExecutor();
        try (io.corral.Scope scope = tenant.enter()) {
            pool.submit(() -> {
                        Span span = TRACER.spanBuilder("task").startSpan();
                        work(1_000_000);
                        span.end();
                    })
                    .get();
        } finally {
            pool.shutdown();
        }
        assertThat(exported().get(0).getAttributes().get(CONTAINER)).isEqualTo(tenant.path());
    }
}
