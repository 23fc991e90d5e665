package io.corral.opentelemetry;

import io.corral.Container;
import io.corral.spans.ThreadReadings;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The spans that have started and not ended. A span that never ends leaves this table when the
 * application has dropped it.
 */
final class OpenSpans {

    private final ThreadReadings readings;

    /** Each open span is its own key. */
    private final ConcurrentHashMap<Object, OpenSpan> open = new ConcurrentHashMap<>();

    private final ReferenceQueue<Span> dropped = new ReferenceQueue<>();

    OpenSpans(ThreadReadings readings) {
        this.readings = readings;
    }

    /**
     * Called on the thread that starts a span, for each span processor.
     *
     * @param processors how many processors will be told of its end
     */
    void started(Context parentContext, ReadWriteSpan span, int processors) {
        removeDropped();
        if (processors > 1 && find(span) != null) {
            return;
        }
        Span around = Span.fromContextOrNull(parentContext);
        OpenSpan parent =
                around == null || around.getSpanContext().isRemote() ? null : find(around);
        OpenSpan started = new OpenSpan(span, dropped, parent, processors, readings);
        open.put(started, started);
        started.begin();
    }

    /** The calling thread now works in {@code to}, and {@code current} is its current span. */
    void switched(Span current, Container to) {
        OpenSpan innermost = current.getSpanContext().isValid() ? find(current) : null;
        if (innermost != null) {
            innermost.switched(to);
        }
    }

    /** Called on the thread that ends a span, for each span processor one after the other. */
    ReadableSpan ended(ReadableSpan span) {
        OpenSpan ended = find(span);
        if (ended == null) {
            return span;
        }
        ReadableSpan result = new SpanWithUsage(span, ended.end());
        if (ended.isToldOfEnd()) {
            open.remove(ended);
            ended.clear();
        }
        return result;
    }

    int size() {
        removeDropped();
        return open.size();
    }

    private @Nullable OpenSpan find(Object span) {
        return open.get(new Key(span));
    }

    private void removeDropped() {
        for (Reference<?> each = dropped.poll(); each != null; each = dropped.poll()) {
            open.remove(each);
        }
    }

    /** Equal to the open span of {@code span}, so that it can be looked up. */
    private record Key(Object span) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OpenSpan that && that.isOf(span);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(span);
        }
    }
}
