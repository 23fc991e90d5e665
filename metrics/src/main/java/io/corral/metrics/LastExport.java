package io.corral.metrics;

import io.corral.runtime.notice.Log;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends the last values when the JVM ends. A thread of its own does the work, and the JVM's end
 * waits for it for a limited time. So whatever blocks that thread, the JVM ends.
 */
final class LastExport implements Runnable {

    private static final long LIMIT_SECONDS = 2;

    private final Runnable export;
    private final String endpoint;
    private final CountDownLatch ended = new CountDownLatch(1);

    private LastExport(Runnable export, String endpoint) {
        this.export = export;
        this.endpoint = endpoint;
    }

    /**
     * Has the values sent at the JVM's end.
     *
     * @param export sends the values, and waits until they are sent or that has failed
     * @return the registered hook; null if the JVM does not take it
     */
    static @Nullable Thread atTheEnd(Runnable export, String endpoint) {
        Thread hook = ExporterThreads.named("corral-metrics-end")
                .newThread(new LastExport(export, endpoint));
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return hook;
        } catch (IllegalStateException | SecurityException refused) {
            // The JVM ends already, or a security manager refuses.
            return null;
        }
    }

    @Override
    public void run() {
        ExporterThreads.named("corral-metrics-last").newThread(this::send).start();
        try {
            if (!ended.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                Log.error("the last metrics could not be sent to " + endpoint + " within "
                        + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            // The application's end goes on at once.
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        try {
            export.run();
        } finally {
            ended.countDown();
        }
    }
}
