package io.corral.metrics;

import io.corral.runtime.notice.HookFailures;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.MetricReader;

import java.util.Collection;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Collects the metrics and sends them, again and again. It collects only after the last values were
 * sent or their sending failed, and knows which. So no values pile up. The SDK's own reader drops
 * the last values if others are being sent.
 */
final class PushReader implements MetricReader {

    private static final long GRACE_MILLIS = 1_000;

    private final MetricExporter exporter;
    private final SendFailures failures;
    private final long limitMillis;
    private final Runnable sent;
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, ExporterThreads.named("corral-metrics-otlp"));
    private volatile boolean isEnded;
    private volatile CollectionRegistration metrics = CollectionRegistration.noop();

    /**
     * @param failures is told of each attempt that has failed
     * @param timeoutMillis the limit of the exporter for one attempt
     * @param sent called when what was collected last is sent
     */
    PushReader(MetricExporter exporter, SendFailures failures, long timeoutMillis, Runnable sent) {
        this.exporter = exporter;
        this.failures = failures;
        this.limitMillis = timeoutMillis + GRACE_MILLIS;
        this.sent = sent;
    }

    @Override
    public void register(CollectionRegistration registration) {
        metrics = registration;
    }

    /** Begins at once. An interval lies between the end of a push and the next one. */
    void pushEach(long intervalMillis) {
        Future<?> unused =
                timer.scheduleWithFixedDelay(this::push, 0, intervalMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * Collects and sends the metrics once. Waits if another thread does so, and until they are sent
     * or the attempt has failed.
     *
     * @return whether they were sent
     */
    synchronized boolean push() {
        if (isEnded) {
            return false;
        }
        try {
            Collection<MetricData> collected = metrics.collectAllMetrics();
            CompletableResultCode result = exporter.export(collected);
            result.join(limitMillis, TimeUnit.MILLISECONDS);
            if (result.isSuccess()) {
                sent.run();
            } else {
                failures.report(result.getFailureThrowable(), System.nanoTime());
            }
            return result.isSuccess();
        } catch (RuntimeException failure) {
            HookFailures.METRICS.report(failure);
            return false;
        }
    }

    @Override
    public CompletableResultCode forceFlush() {
        return push() ? CompletableResultCode.ofSuccess() : CompletableResultCode.ofFailure();
    }

    /** Sends nothing more. */
    @Override
    public CompletableResultCode shutdown() {
        isEnded = true;
        timer.shutdownNow();
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
