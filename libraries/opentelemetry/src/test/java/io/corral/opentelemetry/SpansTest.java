package io.corral.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The real SDK, on a thread whose clocks and container the test sets. */
class SpansTest {

    private static final AttributeKey<String> CONTAINER =
            AttributeKey.stringKey("corral.container");
    private static final AttributeKey<Double> CPU = AttributeKey.doubleKey("corral.cpu.time");
    private static final AttributeKey<Long> BYTES = AttributeKey.longKey("corral.memory.allocated");
    private static final AttributeKey<String> UNKNOWN =
            AttributeKey.stringKey("corral.usage.unknown");

    private final FakeCorral corral = new FakeCorral();
    private final OpenSpans spans = new OpenSpans(corral);
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final Tracer tracer = tracer(SdkTracerProvider.builder());

    private Tracer tracer(SdkTracerProviderBuilder builder) {
        return tracer(builder, SimpleSpanProcessor.create(exporter));
    }

    /** Redeclares what each processor has. */
    public interface Redeclaring extends SpanProcessor {

        @Override
        void onEnd(ReadableSpan span);

        void more();
    }

    interface NotPublic extends SpanProcessor {

        @Override
        void onEnd(ReadableSpan span);
    }

    private static final class RedeclaringProcessor implements Redeclaring, NotPublic {

        private final SpanProcessor next;
        private boolean wasToldMore;

        RedeclaringProcessor(SpanProcessor next) {
            this.next = next;
        }

        @Override
        public void onStart(
                io.opentelemetry.context.Context parent,
                io.opentelemetry.sdk.trace.ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            next.onEnd(span);
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }

        @Override
        public void more() {
            wasToldMore = true;
        }
    }

    @Test
    void processorWhoseInterfacesRedeclareMethodsIsToldTheUsage() {
        RedeclaringProcessor processor =
                new RedeclaringProcessor(SimpleSpanProcessor.create(exporter));
        SpanProcessor wrapped = new ProcessorGroup(() -> spans).add(processor);
        Tracer redeclaring =
                SdkTracerProvider.builder().addSpanProcessor(wrapped).build().get("test");
        Span span = redeclaring.spanBuilder("request").startSpan();
        corral.uses(1_000_000_000, 1);
        span.end();
        assertThat(exported().getAttributes().get(CPU)).isEqualTo(1.0);
        ((Redeclaring) wrapped).more();
        assertThat(processor.wasToldMore).isTrue();
    }

    /** Of an SDK with these processors. */
    private Tracer tracer(SdkTracerProviderBuilder builder, SpanProcessor... processors) {
        ProcessorGroup group = new ProcessorGroup(() -> spans);
        for (SpanProcessor each : processors) {
            builder.addSpanProcessor(group.add(each));
        }
        return builder.build().get("test");
    }

    private SpanData exported() {
        return exporter.getFinishedSpanItems()
                .get(exporter.getFinishedSpanItems().size() - 1);
    }

    /** The thread enters or leaves a container. */
    private void switchTo(Container container) {
        corral.nanoTime += 1_000;
        corral.current = container;
        spans.switched(Span.current(), container);
    }

    private void stay(Container container, long nanos) {
        switchTo(container);
        corral.nanoTime += nanos;
    }

    private static void onAnotherThread(Runnable task) throws InterruptedException {
        Thread other = new Thread(task);
        other.start();
        other.join();
    }

    @Test
    void spanHasItsContainerAndWhatItsThreadUsedInBetween() {
        corral.uses(7, 7);
        corral.current = Containers.at("/spans/a");
        Span span = tracer.spanBuilder("work").setAttribute("own", 1).startSpan();
        corral.uses(1_500_000_000, 4_096);
        span.end();
        corral.uses(7, 7);
        assertThat(exported().getAttributes().asMap())
                .containsOnly(
                        Map.entry(CONTAINER, "/spans/a"),
                        Map.entry(CPU, 1.5),
                        Map.entry(BYTES, 4_096L),
                        Map.entry(AttributeKey.longKey("own"), 1L));
        assertThat(exported().getTotalAttributeCount()).isEqualTo(4);
        assertThat(spans.size()).isZero();
    }

    @Test
    void usageOfASpanInsideIsInThatOfTheOneAround() {
        Span outer = tracer.spanBuilder("outer").startSpan();
        corral.uses(1_000_000_000, 1);
        try (Scope scope = outer.makeCurrent()) {
            Span inner = tracer.spanBuilder("inner").startSpan();
            corral.uses(2_000_000_000, 2);
            inner.end();
        }
        assertThat(exported().getAttributes().get(CPU)).isEqualTo(2.0);
        outer.end();
        assertThat(exported().getAttributes().get(CPU)).isEqualTo(3.0);
        assertThat(exported().getAttributes().get(BYTES)).isEqualTo(3);
    }

    @Test
    void containerIsThatOfTheLongestStayIfTheSpanStartsBeforeAndEndsAfterIt() {
        Span span = tracer.spanBuilder("request").startSpan();
        try (Scope scope = span.makeCurrent()) {
            stay(Containers.at("/spans/none"), 1_000_000);
            stay(Containers.at("/spans/a"), 9_000_000);
            stay(Containers.at("/spans/none"), 2_000_000);
            stay(corral.home, 50_000_000);
        }
        span.end();
        assertThat(exported().getAttributes().get(CONTAINER)).isEqualTo("/spans/a");
    }

    @Test
    void staysInOneContainerAreAddedUp() {
        Span span = tracer.spanBuilder("request").startSpan();
        try (Scope scope = span.makeCurrent()) {
            for (int i = 0; i < 5; i++) {
                stay(Containers.at("/spans/a"), 5_000_000);
                stay(Containers.at("/spans/short" + i), 1_000_000);
            }
            stay(Containers.at("/spans/b"), 6_000_000);
            for (int i = 0; i < 10; i++) {
                stay(Containers.at("/spans/more" + i), 1_000_000);
            }
            stay(corral.home, 50_000_000);
        }
        span.end();
        assertThat(exported().getAttributes().get(CONTAINER)).isEqualTo("/spans/a");
    }

    @Test
    void shortVisitOfAnotherContainerDoesNotChangeTheOneOfASpan() {
        corral.current = Containers.at("/spans/a");
        corral.nanoTime = 77;
        Span span = tracer.spanBuilder("query").startSpan();
        try (Scope scope = span.makeCurrent()) {
            corral.nanoTime += 9_000_000;
            stay(Containers.at("/spans/cache"), 1_000_000);
            switchTo(Containers.at("/spans/a"));
        }
        span.end();
        assertThat(exported().getAttributes().get(CONTAINER)).isEqualTo("/spans/a");
    }

    @Test
    void spansAroundTheCurrentOneAreInTheContainerThatItsThreadEnters() {
        Span outer = tracer.spanBuilder("server").startSpan();
        try (Scope around = outer.makeCurrent()) {
            Span inner = tracer.spanBuilder("controller").startSpan();
            try (Scope scope = inner.makeCurrent()) {
                switchTo(Containers.at("/spans/a"));
                switchTo(corral.home);
            }
            inner.end();
            assertThat(exported().getAttributes().get(CONTAINER)).isEqualTo("/spans/a");
        }
        outer.end();
        assertThat(exported().getAttributes().get(CONTAINER)).isEqualTo("/spans/a");
    }

    @Test
    void spanThatEntersNothingIsInTheHomeOfItsThread() {
        tracer.spanBuilder("idle").startSpan().end();
        assertThat(exported().getAttributes().get(CONTAINER)).isEqualTo("/");
    }

    @Test
    void pathStaysIfTheContainerIsRemovedBeforeTheEnd() {
        Container gone = Containers.at("/spans/gone");
        corral.current = gone;
        Span span = tracer.spanBuilder("work").startSpan();
        gone.remove();
        span.end();
        assertThat(exported().getAttributes().get(CONTAINER)).isEqualTo("/spans/gone");
    }

    @Test
    void spanThatEndsOnAnotherThreadSaysWhyItHasNoUsage() throws InterruptedException {
        corral.current = Containers.at("/spans/a");
        Span span = tracer.spanBuilder("work").startSpan();
        onAnotherThread(span::end);
        assertThat(exported().getAttributes().asMap())
                .containsOnly(
                        Map.entry(CONTAINER, "/spans/a"),
                        Map.entry(UNKNOWN, "ended on another thread"));
        assertThat(spans.size()).isZero();
    }

    @Test
    void switchOfAnotherThreadWithTheSameCurrentSpanIsNotNoted() throws InterruptedException {
        Span span = tracer.spanBuilder("work").startSpan();
        onAnotherThread(() -> {
            try (Scope scope = span.makeCurrent()) {
                stay(Containers.at("/spans/other"), 1_000_000);
            }
        });
        span.end();
        assertThat(exported().getAttributes().get(CONTAINER)).isEqualTo("/");
    }

    @Test
    void unknownUsageIsNeverZero() {
        corral.cpuNanos = Usage.UNKNOWN;
        tracer.spanBuilder("work").startSpan().end();
        assertThat(exported().getAttributes().get(CPU)).isNull();
        assertThat(exported().getAttributes().get(BYTES)).isZero();
        assertThat(exported().getAttributes().get(UNKNOWN))
                .isEqualTo("not measured on this thread");
    }

    @Test
    void secondEndChangesNothing() {
        Span span = tracer.spanBuilder("work").startSpan();
        corral.uses(1_000_000_000, 1);
        span.end();
        corral.uses(1_000_000_000, 1);
        span.end();
        assertThat(exporter.getFinishedSpanItems()).hasSize(1);
        assertThat(exported().getAttributes().get(CPU)).isEqualTo(1.0);
        assertThat(corral.readings).isEqualTo(2);
    }

    @Test
    void sampledOutSpanReadsNoClock() {
        tracer(SdkTracerProvider.builder().setSampler(Sampler.alwaysOff()))
                .spanBuilder("dropped")
                .startSpan()
                .end();
        assertThat(corral.readings).isZero();
        assertThat(spans.size()).isZero();
    }

    @Test
    void clocksAreReadOnceForAllProcessors() {
        InMemorySpanExporter second = InMemorySpanExporter.create();
        Span span = tracer(
                        SdkTracerProvider.builder(),
                        SimpleSpanProcessor.create(exporter),
                        SimpleSpanProcessor.create(second))
                .spanBuilder("work")
                .startSpan();
        corral.uses(1_000_000_000, 1);
        span.end();
        assertThat(corral.readings).isEqualTo(2);
        for (InMemorySpanExporter each : List.of(exporter, second)) {
            assertThat(each.getFinishedSpanItems().get(0).getAttributes().get(CPU))
                    .isEqualTo(1.0);
        }
        assertThat(spans.size()).isZero();
    }

    @Test
    void attributesAreNotDroppedByTheLimitOfTheSdk() {
        tracer(SdkTracerProvider.builder()
                        .setSpanLimits(
                                SpanLimits.builder().setMaxNumberOfAttributes(1).build()))
                .spanBuilder("work")
                .setAttribute("kept", 1)
                .setAttribute("dropped", 1)
                .startSpan()
                .end();
        assertThat(exported().getAttributes().size()).isEqualTo(4);
        assertThat(exported().getTotalAttributeCount()).isEqualTo(5);
    }

    @Test
    void processorReadsTheAttributesOfTheSpanThatEnds() {
        AtomicReference<@Nullable ReadableSpan> ended = new AtomicReference<>();
        SpanProcessor reader = new EndProcessor() {
            @Override
            public void onEnd(ReadableSpan span) {
                ended.set(span);
            }
        };
        tracer(SdkTracerProvider.builder(), reader)
                .spanBuilder("work")
                .setAttribute("own", "x")
                .startSpan()
                .end();
        ReadableSpan span = ended.get();
        assertThat(span).isNotNull();
        assertThat(span.getAttribute(CONTAINER)).isEqualTo("/");
        assertThat(span.getAttribute(AttributeKey.stringKey("own"))).isEqualTo("x");
        assertThat(span.getAttributes().size()).isEqualTo(4);
        assertThat(span.getName()).isEqualTo("work");
        assertThat(span.hasEnded()).isTrue();
    }

    /** As the SDK's internal one for spans that are about to end, from 1.40 on. */
    public interface FurtherProcessor extends SpanProcessor {

        String further();
    }

    @Test
    void otherInterfaceOfAProcessorIsKept() {
        class Further extends EndProcessor implements FurtherProcessor {
            private final List<String> containers = new ArrayList<>();

            @Override
            public void onEnd(ReadableSpan span) {
                containers.add(String.valueOf(span.getAttribute(CONTAINER)));
            }

            @Override
            public String further() {
                return "called";
            }
        }
        Further own = new Further();
        SpanProcessor wrapped = new ProcessorGroup(() -> spans).add(own);
        assertThat(((FurtherProcessor) wrapped).further()).isEqualTo("called");
        SdkTracerProvider.builder()
                .addSpanProcessor(wrapped)
                .build()
                .get("test")
                .spanBuilder("work")
                .startSpan()
                .end();
        assertThat(own.containers).containsExactly("/");
    }

    @Test
    void withoutCorralsAgentSpansPassUnchanged() {
        ProcessorGroup inactive = new ProcessorGroup();
        SdkTracerProvider.builder()
                .addSpanProcessor(inactive.add(SimpleSpanProcessor.create(exporter)))
                .build()
                .get("test")
                .spanBuilder("work")
                .startSpan()
                .end();
        assertThat(exported().getAttributes().isEmpty()).isTrue();
    }

    @Test
    void exporterThatBlocksHoldsWhatFitsInTheQueueOfTheProcessor() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        List<SpanData> received = new ArrayList<>();
        SpanExporter blocked = new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> batch) {
                try {
                    open.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                received.addAll(batch);
                return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode flush() {
                return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode shutdown() {
                return CompletableResultCode.ofSuccess();
            }
        };
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(new ProcessorGroup(() -> spans)
                        .add(BatchSpanProcessor.builder(blocked)
                                .setMaxQueueSize(100)
                                .setMaxExportBatchSize(50)
                                .build()))
                .build()) {
            Tracer batched = provider.get("test");
            for (int i = 0; i < 100_000; i++) {
                batched.spanBuilder("work").startSpan().end();
            }
            assertThat(spans.size()).isZero();
            open.countDown();
        }
        assertThat(received).hasSizeBetween(100, 200);
        assertThat(received).allMatch(each -> each.getAttributes().get(CPU) != null);
    }
}
