package io.corral.metrics;

import io.corral.runtime.notice.Log;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Logs a line if metrics could not be sent, at most once an hour. Used by one thread at a time. */
final class SendFailures {

    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    private final String endpoint;
    private @Nullable Long reportedNanoTime;

    SendFailures(String endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * @param failure null if it is not known
     * @param nanoTime as of {@link System#nanoTime()}
     */
    void report(@Nullable Throwable failure, long nanoTime) {
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
}
