package io.corral.agent.start;

import io.corral.agent.boot.MetricsLoader;
import io.corral.agent.options.Options;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.Log;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loads and starts the exporters of metrics, on a thread of their own. In a JVM that starts, it
 * waits until the application's {@code main} has begun: the application configures there what the
 * JDK reads once, such as its logging and its network.
 */
final class MetricsStart implements Runnable {

    private static final long LOOK_MILLIS = 100;

    /** The application's {@code main} has this long to configure the JDK. */
    private static final long CONFIGURE_MILLIS = 500;

    /** The exporters that were started; null if none were. */
    private static @Nullable String started;

    private final String exporters;
    private final int series;

    /** Null if the application runs already. */
    private final @Nullable Thread main;

    private MetricsStart(String exporters, int series, @Nullable Thread main) {
        this.exporters = exporters;
        this.series = series;
        this.main = main;
    }

    /**
     * Starts the exporters, once. Called by one thread at a time, when the hooks are on: on the
     * main thread, or late.
     */
    static void begin(Options options, boolean late, Lines lines) {
        String wanted = options.metrics();
        if (started == null && wanted != null) {
            MetricsStart start = new MetricsStart(
                    wanted, options.series(), late ? null : Thread.currentThread());
            CorralThread.ofExporter("corral-metrics", start).start();
            started = wanted;
        } else if (!Objects.equals(started, wanted)) {
            lines.error("option metrics stays " + started + "; start the JVM with the other");
        }
    }

    @Override
    public void run() {
        try {
            if (main != null) {
                while (!hasBegun(main)) {
                    Thread.sleep(LOOK_MILLIS);
                }
                Thread.sleep(CONFIGURE_MILLIS);
            }
            MetricsLoader.load(exporters, series).run();
        } catch (Throwable failure) {
            Log.error("no metrics: " + failure);
        }
    }

    /** Before {@code main}, the thread runs agents and the JDK's launcher. */
    private static boolean hasBegun(Thread main) {
        StackTraceElement[] stack = main.getStackTrace();
        if (stack.length == 0) {
            return !main.isAlive();
        }
        String outermost = stack[stack.length - 1].getClassName();
        return !outermost.startsWith("java.")
                && !outermost.startsWith("jdk.")
                && !outermost.startsWith("sun.");
    }
}
