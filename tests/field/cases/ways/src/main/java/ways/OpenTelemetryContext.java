package ways;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** A span of OpenTelemetry's API, which several agents take along with a task. */
public final class OpenTelemetryContext implements Consumer<Runnable>, Supplier<String> {

    /** Runs the task in a new trace. */
    @Override
    public void accept(Runnable task) {
        Span span = GlobalOpenTelemetry.getTracer("ways")
                .spanBuilder("submit")
                .setNoParent()
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            task.run();
        } finally {
            span.end();
        }
    }

    /** The current trace. */
    @Override
    public String get() {
        SpanContext current = Span.current().getSpanContext();
        return current.isValid() ? current.getTraceId() : "";
    }
}
