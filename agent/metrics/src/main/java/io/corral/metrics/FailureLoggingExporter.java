package io.corral.metrics;

import io.corral.runtime.notice.Log;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Logs a line if metrics could not be sent, at most once an hour. */
final class FailureLoggingExporter implements MetricExporter {

    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    private final MetricExporter exporter;
    private final String endpoint;
    private @Nullable Long reportedNanoTime;

    FailureLoggingExporter(MetricExporter exporter, String endpoint) {
        this.exporter = exporter;
        this.endpoint = endpoint;
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
        CompletableResultCode result = exporter.export(metrics);
        result.whenComplete(() -> {
            if (!result.isSuccess()) {
                report(result.getFailureThrowable(), System.nanoTime());
            }
        });
        return result;
    }

    /** @param nanoTime as of {@link System#nanoTime()} */
    synchronized void report(@Nullable Throwable failure, long nanoTime) {
        if (reportedNanoTime == null || nanoTime - reportedNanoTime >= HOUR_NANOS) {
            reportedNanoTime = nanoTime;
            Log.error("the metrics could not be sent to " + endpoint + " (reported once an hour): "
                    + cause(failure));
        }
    }

    /** The first failure of the connection, unwrapped from exceptions of the JDK and the SDK. */
    private static String cause(@Nullable Throwable failure) {
        if (failure instanceof HttpExportException refusal && refusal.getResponse() != null) {
            return "the collector answers " + refusal.getResponse().getStatusCode();
        }
        Throwable cause = failure;
        while (cause != null && !(cause instanceof IOException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? "no reason is known" : cause.toString();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return exporter.getAggregationTemporality(type);
    }

    @Override
    public Aggregation getDefaultAggregation(InstrumentType type) {
        return exporter.getDefaultAggregation(type);
    }
}
