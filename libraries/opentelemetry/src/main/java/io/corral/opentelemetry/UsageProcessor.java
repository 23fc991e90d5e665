package io.corral.opentelemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands spans on to another processor, with their usage when they end. */
final class UsageProcessor implements SpanProcessor {

    private final Supplier<@Nullable OpenSpans> active;
    private final IntSupplier processors;
    private final SpanProcessor next;

    /**
     * @param active returns null if Corral is not active; asked at each start and end
     * @param processors how many processors are told of each span's end
     */
    UsageProcessor(
            Supplier<@Nullable OpenSpans> active, IntSupplier processors, SpanProcessor next) {
        this.active = active;
        this.processors = processors;
        this.next = next;
    }

    /** The other processor first: what it does is not work of the span. */
    @Override
    public void onStart(Context parentContext, ReadWriteSpan span) {
        if (next.isStartRequired()) {
            next.onStart(parentContext, span);
        }
        OpenSpans spans = active.get();
        if (spans != null) {
            spans.started(parentContext, span, processors.getAsInt());
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        OpenSpans spans = active.get();
        next.onEnd(spans == null ? span : spans.ended(span));
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode shutdown() {
        return next.shutdown();
    }

    @Override
    public CompletableResultCode forceFlush() {
        return next.forceFlush();
    }

    @Override
    public void close() {
        next.close();
    }

    @Override
    public String toString() {
        return "corral{" + next + '}';
    }
}
