package io.corral.opentelemetry;

import io.corral.Container;
import io.corral.Subsystem;
import io.opentelemetry.api.trace.Span;

/** Notes on the calling thread's open spans the containers that it enters and leaves. */
final class EnteredContainers implements Subsystem {

    private final OpenSpans spans;

    EnteredContainers(OpenSpans spans) {
        this.spans = spans;
    }

    @Override
    public String name() {
        return "OpenTelemetry spans";
    }

    /** A thread that another one moves is left out: its spans are known on that thread only. */
    @Override
    public void switched(Thread thread, Container from, Container to) {
        if (thread == Thread.currentThread()) {
            spans.switched(Span.current(), to);
        }
    }
}
