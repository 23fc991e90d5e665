package io.corral.metrics;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Handles exchanges on a few threads, each for a limited time. A client that sends half a request,
 * or does not read the response, blocks a thread. The JDK's server has a limit only as a property
 * of the whole JVM. Here an interrupt closes the channel that the thread waits for, and with it the
 * connection.
 */
final class ScrapeExecutor implements Executor {

    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 60;

    private final long limitMillis;
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            ExporterThreads.named("corral-metrics-scrape"));
    private final ScheduledThreadPoolExecutor watchdog =
            new ScheduledThreadPoolExecutor(1, ExporterThreads.named("corral-metrics-watchdog"));

    ScrapeExecutor(long limitMillis) {
        this.limitMillis = limitMillis;
        pool.allowCoreThreadTimeOut(true);
        watchdog.setRemoveOnCancelPolicy(true);
        watchdog.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        watchdog.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable exchange) {
        pool.execute(() -> run(exchange));
    }

    private void run(Runnable exchange) {
        Limit limit = new Limit(Thread.currentThread());
        Future<?> pending = watchdog.schedule(limit, limitMillis, TimeUnit.MILLISECONDS);
        try {
            exchange.run();
        } finally {
            limit.end();
            pending.cancel(false);
        }
    }

    /** Interrupts a thread that still works for an exchange. */
    private static final class Limit implements Runnable {

        private final Thread thread;

        /** Guarded by this. */
        private boolean isOver;

        Limit(Thread thread) {
            this.thread = thread;
        }

        @Override
        public synchronized void run() {
            if (!isOver) {
                thread.interrupt();
            }
        }

        synchronized void end() {
            isOver = true;
        }
    }
}
