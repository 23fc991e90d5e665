package io.corral.metrics;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Handles exchanges on a bounded number of threads. A client that sends half a request, or does not
 * read the response, blocks a thread. The JDK's server can limit that only by a system property of
 * the whole JVM. Here the watchdog interrupts the thread, which closes the connection.
 *
 * <p>While other exchanges wait for a thread, the limit is shorter, so that slow clients do not
 * block others. If too many wait, the server closes the next connection.
 */
final class ScrapeExecutor implements Executor {

    private static final ThreadLocal<ClientWait> WAITS = new ThreadLocal<>();
    private static final int THREADS = 32;
    private static final int WAITING_EXCHANGES = 256;

    /**
     * Shorter than the time between two scrapes. The pool starts a thread for each exchange while
     * it has fewer than {@link #THREADS}, even if others are idle.
     */
    private static final long IDLE_SECONDS = 3;

    private static final long CHECKS_PER_GRACE = 4;

    private final long limitNanos;
    private final long graceNanos;
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_EXCHANGES),
            ExporterThreads.named("corral-metrics-scrape"));
    private final ScheduledThreadPoolExecutor watchdog =
            new ScheduledThreadPoolExecutor(1, ExporterThreads.named("corral-metrics-watchdog"));

    /**
     * @param limitMillis how long a client may take to send a request, and to read the response
     * @param graceMillis the same while other exchanges wait for a thread
     */
    ScrapeExecutor(long limitMillis, long graceMillis) {
        this.limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
        this.graceNanos = TimeUnit.MILLISECONDS.toNanos(graceMillis);
        pool.allowCoreThreadTimeOut(true);
        watchdog.setRemoveOnCancelPolicy(true);
        watchdog.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        watchdog.allowCoreThreadTimeOut(true);
    }

    /** @throws RejectedExecutionException if too many exchanges wait for a thread */
    @Override
    public void execute(Runnable exchange) {
        pool.execute(() -> run(exchange));
    }

    private void run(Runnable exchange) {
        ClientWait wait = new ClientWait(Thread.currentThread());
        WAITS.set(wait);
        long period = graceNanos / CHECKS_PER_GRACE;
        Future<?> checks =
                watchdog.scheduleWithFixedDelay(wait, period, period, TimeUnit.NANOSECONDS);
        try {
            exchange.run();
        } finally {
            wait.pause();
            checks.cancel(false);
            WAITS.remove();
        }
    }

    /**
     * Runs the work between a request and its response. This time does not count against the
     * client.
     */
    <T> T compute(Supplier<T> work) {
        ClientWait wait = WAITS.get();
        wait.pause();
        try {
            return work.get();
        } finally {
            wait.begin();
        }
    }

    /** The time in which a thread waits for its client. */
    private final class ClientWait implements Runnable {

        private final Thread thread;

        /** As of {@link System#nanoTime()}. Guarded by this. */
        private long beganAt;

        /** Guarded by this. */
        private boolean isPaused;

        ClientWait(Thread thread) {
            this.thread = thread;
            begin();
        }

        synchronized void begin() {
            beganAt = System.nanoTime();
            isPaused = false;
        }

        synchronized void pause() {
            isPaused = true;
        }

        @Override
        public synchronized void run() {
            long limit = pool.getQueue().isEmpty() ? limitNanos : graceNanos;
            if (!isPaused && System.nanoTime() - beganAt >= limit) {
                thread.interrupt();
            }
        }
    }
}
