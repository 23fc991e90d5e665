package io.corral.benchmarks.micro;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.opentelemetry.CorralSpans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A scope within a span, which notes the container. */
public class SpanScopes extends AgentChecked {

    private final Container container = Containers.at("/bench/spans");
    private Span span;
    private io.opentelemetry.context.Scope current;

    /** The scope of the span is closed at the end. */
    @Setup
    @SuppressWarnings("MustBeClosedChecker")
    public void start() {
        span = SdkTracerProvider.builder()
                .addSpanProcessor(
                        CorralSpans.withUsage(SimpleSpanProcessor.create(SpanExporter.composite())))
                .build()
                .get("bench")
                .spanBuilder("span")
                .startSpan();
        current = span.makeCurrent();
    }

    @TearDown
    public void end() {
        current.close();
        span.end();
    }

    @Benchmark
    public void enterAndClose() {
        try (Scope scope = container.enter()) {}
    }
}
