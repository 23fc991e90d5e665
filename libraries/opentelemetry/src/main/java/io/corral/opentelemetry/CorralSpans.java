package io.corral.opentelemetry;

import io.opentelemetry.sdk.trace.SpanProcessor;

import java.util.stream.Stream;

/**
 * Adds to each recorded span the container that it worked for, and what its thread used from its
 * start to its end. OpenTelemetry's autoconfiguration and its Java agent do this by themselves if
 * this library is there. Code that builds an {@code SdkTracerProvider} calls {@link #withUsage}.
 *
 * <p>Without Corral's agent nothing is added, and one line is logged.
 */
public final class CorralSpans {

    private CorralSpans() {}

    /**
     * Returns a span processor that hands each span on to {@code processors}, with these attributes
     * when it ends:
     *
     * <ul>
     *   <li>{@code corral.container}: the path of its container in the hierarchy {@code main}
     *   <li>{@code corral.cpu.time}: CPU time of its thread, in seconds
     *   <li>{@code corral.memory.allocated}: heap bytes that its thread allocated
     *   <li>{@code corral.usage.unknown}: why one of these two is missing, if it is
     * </ul>
     *
     * <pre>{@code
     * SdkTracerProvider.builder()
     *         .addSpanProcessor(CorralSpans.withUsage(SimpleSpanProcessor.create(exporter)))
     * }</pre>
     *
     * <p>Give all processors that need the attributes to one call, so that the clocks are read once
     * for a span.
     */
    public static SpanProcessor withUsage(SpanProcessor... processors) {
        ProcessorGroup group = new ProcessorGroup();
        return SpanProcessor.composite(Stream.of(processors).map(group::add).toList());
    }
}
