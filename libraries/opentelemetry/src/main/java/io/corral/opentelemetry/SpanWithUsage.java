package io.corral.opentelemetry;

import io.corral.Usage;
import io.corral.spans.SpanUsage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;

import org.jspecify.annotations.Nullable;

/**
 * A span that has ended, with its container and usage. The attributes are put together by the
 * thread that reads them, which is the exporter's as a rule.
 */
final class SpanWithUsage implements ReadableSpan {

    private static final AttributeKey<String> CONTAINER =
            AttributeKey.stringKey(SpanUsage.CONTAINER);
    private static final AttributeKey<Double> CPU_TIME = AttributeKey.doubleKey(SpanUsage.CPU_TIME);
    private static final AttributeKey<Long> ALLOCATED = AttributeKey.longKey(SpanUsage.ALLOCATED);
    private static final AttributeKey<String> UNKNOWN = AttributeKey.stringKey(SpanUsage.UNKNOWN);

    private final ReadableSpan span;
    private final SpanUsage usage;

    SpanWithUsage(ReadableSpan span, SpanUsage usage) {
        this.span = span;
        this.usage = usage;
    }

    private Attributes added() {
        AttributesBuilder added = Attributes.builder().put(CONTAINER, usage.container());
        if (Usage.isKnown(usage.cpuNanos())) {
            added.put(CPU_TIME, usage.cpuNanos() / 1e9);
        }
        if (Usage.isKnown(usage.allocatedBytes())) {
            added.put(ALLOCATED, usage.allocatedBytes());
        }
        if (usage.whyUnknown() != null) {
            added.put(UNKNOWN, usage.whyUnknown());
        }
        return added.build();
    }

    @Override
    public SpanData toSpanData() {
        return new Data(span.toSpanData(), added());
    }

    @Override
    public <T> @Nullable T getAttribute(AttributeKey<T> key) {
        T value = added().get(key);
        return value == null ? span.getAttribute(key) : value;
    }

    @Override
    public Attributes getAttributes() {
        return toSpanData().getAttributes();
    }

    @Override
    public SpanContext getSpanContext() {
        return span.getSpanContext();
    }

    @Override
    public SpanContext getParentSpanContext() {
        return span.getParentSpanContext();
    }

    @Override
    public String getName() {
        return span.getName();
    }

    @Override
    @Deprecated
    public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
        return span.getInstrumentationLibraryInfo();
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return span.getInstrumentationScopeInfo();
    }

    @Override
    public boolean hasEnded() {
        return span.hasEnded();
    }

    @Override
    public long getLatencyNanos() {
        return span.getLatencyNanos();
    }

    @Override
    public SpanKind getKind() {
        return span.getKind();
    }

    @Override
    public String toString() {
        return span + " with " + usage;
    }

    /** What exporters get. */
    private static final class Data extends DelegatingSpanData {

        private final Attributes attributes;
        private final int total;

        Data(SpanData span, Attributes added) {
            super(span);
            Attributes own = span.getAttributes();
            attributes = own.toBuilder().putAll(added).build();
            // Those of which the limit of the SDK has dropped some, and these.
            total = span.getTotalAttributeCount() + attributes.size() - own.size();
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public int getTotalAttributeCount() {
            return total;
        }
    }
}
