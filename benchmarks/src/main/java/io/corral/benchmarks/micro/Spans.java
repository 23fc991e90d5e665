package io.corral.benchmarks.micro;

import io.corral.Containers;
import io.corral.opentelemetry.CorralSpans;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/** A span of OpenTelemetry's SDK that nobody exports. */
public class Spans extends AgentChecked {

    private final Tracer plain = tracer(new NoExport());
    private final Tracer withUsage = tracer(CorralSpans.withUsage(new NoExport()));

    private static Tracer tracer(SpanProcessor processor) {
        return SdkTracerProvider.builder().addSpanProcessor(processor).build().get("bench");
    }

    /** The base: what reads the clocks of the thread at both ends, and does no more. */
    @Benchmark
    public void betweenTwoReadings(Blackhole sink) {
        sink.consume(Containers.currentThreadUsage());
        plain.spanBuilder("span").startSpan().end();
        sink.consume(Containers.currentThreadUsage());
    }

    @Benchmark
    public void withUsage() {
        withUsage.spanBuilder("span").startSpan().end();
    }

    private static final class NoExport implements SpanProcessor {

        @Override
        public void onStart(Context parentContext, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {}

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
