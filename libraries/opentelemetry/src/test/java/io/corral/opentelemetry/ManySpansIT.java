package io.corral.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.FullRun;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.Test;

/** A million spans, and ten millions in the full run. */
class ManySpansIT {

    private static final int COUNT = FullRun.isOn() ? 10_000_000 : 1_000_000;

    private final OpenSpans spans = new OpenSpans(new FakeCorral());
    private final Tracer tracer = SdkTracerProvider.builder()
            .addSpanProcessor(new ProcessorGroup(() -> spans).add(new EndProcessor()))
            .build()
            .get("test");

    @Test
    void spansThatEndLeaveNothing() {
        int most = 0;
        for (int i = 0; i < COUNT; i++) {
            tracer.spanBuilder("one of many").startSpan().end();
            most = Math.max(most, i % 1_000 == 0 ? spans.size() : 0);
        }
        assertThat(most).isZero();
    }

    @Test
    void spansThatNeverEndLeaveNothing() {
        for (int i = 0; i < COUNT; i++) {
            tracer.spanBuilder("one of many").startSpan();
        }
        awaitSize(0);
    }

    /** Each span is the parent of the next one, and only the last one is in use. */
    @Test
    void endlessChainOfSpansThatNeverEndIsNotHeld() {
        Context context = Context.root();
        for (int i = 0; i < COUNT / 10; i++) {
            Span span = tracer.spanBuilder("link").setParent(context).startSpan();
            context = Context.root().with(span);
        }
        awaitSize(1);
        assertThat(Span.fromContext(context).isRecording()).isTrue();
    }

    /** Until the collector has found all that were dropped. */
    private void awaitSize(int size) {
        while (spans.size() > size) {
            System.gc();
            Thread.onSpinWait();
        }
    }
}
