package io.corral.opentelemetry;

import io.corral.Container;
import io.corral.spans.SpanUsage;
import io.corral.spans.ThreadReadings;
import io.corral.spans.ThreadSpan;
import io.opentelemetry.api.trace.Span;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A span that has started and not ended. It is its own key in {@link OpenSpans}. */
final class OpenSpan extends WeakReference<Span> {

    private final int hash;
    private final ThreadSpan onThread;

    /** The number of processors that have not been told of the end. */
    private int processors;

    OpenSpan(
            Span span,
            ReferenceQueue<Span> dropped,
            @Nullable OpenSpan around,
            int processors,
            ThreadReadings readings) {
        super(span, dropped);
        this.hash = System.identityHashCode(span);
        this.onThread = new ThreadSpan(around == null ? null : around.onThread, readings);
        this.processors = processors;
    }

    boolean isOf(Object span) {
        return span instanceof Span one && refersTo(one);
    }

    /** Reads the clocks, after all other work. */
    void begin() {
        onThread.begin();
    }

    /** Its thread now works in {@code to}; this span or one inside is current. */
    void switched(Container to) {
        onThread.switched(to);
    }

    /** Called for each processor. */
    SpanUsage end() {
        SpanUsage usage = onThread.end();
        processors--;
        return usage;
    }

    /** Whether the last processor was told. */
    boolean isToldOfEnd() {
        return processors <= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
