package ways;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** A span of OpenTelemetry's API, which several agents take along with a task. */
public final class OpenTelemetryContext implements Callable<AutoCloseable>, Supplier<String> {

    /** Starts a trace in the current scope. */
    @Override
    public AutoCloseable call() {
        Span span = GlobalOpenTelemetry.getTracer("ways")
                .spanBuilder("submit")
                .setNoParent()
                .startSpan();
        Scope scope = span.makeCurrent();
        return () -> {
            scope.close();
            span.end();
        };
    }

    /** The current trace. */
    @Override
    public String get() {
        SpanContext current = Span.current().getSpanContext();
        return current.isValid() ? current.getTraceId() : "";
    }
}
