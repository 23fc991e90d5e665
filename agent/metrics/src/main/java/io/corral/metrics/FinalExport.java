package io.corral.metrics;

import io.corral.runtime.notice.Log;

import java.util.concurrent.TimeUnit;

/**
 * Sends the last values when the JVM ends. A separate thread sends them, and the shutdown hook
 * waits for it for a limited time. So a thread that is blocked does not keep the JVM from ending.
 */
final class FinalExport implements Runnable {

    private static final long LIMIT_SECONDS = 2;

    private final Runnable export;
    private final String endpoint;

    private FinalExport(Runnable export, String endpoint) {
        this.export = export;
        this.endpoint = endpoint;
    }

    /**
     * Registers a shutdown hook that sends the values. If the JVM ends already, sends them now.
     *
     * @param export sends the values, and returns when they are sent or the attempt has failed
     */
    static void register(Runnable export, String endpoint) {
        FinalExport last = new FinalExport(export, endpoint);
        Thread hook = ExporterThreads.named("corral-metrics-end").newThread(last);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            last.run();
        } catch (SecurityException refused) {
            // The last values are not sent.
        }
    }

    @Override
    public void run() {
        Thread sender = ExporterThreads.named("corral-metrics-last").newThread(export);
        sender.start();
        try {
            sender.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
            if (sender.isAlive()) {
                Log.error("the last metrics could not be sent to " + endpoint + " within "
                        + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            // The JVM's end continues at once.
            Thread.currentThread().interrupt();
        }
    }
}
