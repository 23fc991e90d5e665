package io.corral.start;

import io.corral.options.Options;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.Log;
import io.corral.start.boot.MetricsLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads and starts the exporters of metrics, on a separate thread. At the JVM's start, it waits
 * until the application's {@code main} has begun, since the application may set properties there
 * that the JDK reads once, such as those of logging and networking.
 */
final class MetricsStart implements Runnable {

    private static final long LOOK_MILLIS = 100;

    /** The time that the application's {@code main} has to configure the JDK. */
    private static final long CONFIGURE_MILLIS = 500;

    /** The running exporters by their kind, as written in the option. Guarded by this class. */
    private static final Map<String, String> RUNNING = new LinkedHashMap<>();

    /** Null until it is loaded. Guarded by this class. */
    private static @Nullable Function<String, @Nullable String> starter;

    private final List<String> wanted;
    private final int series;

    /** Null if the application runs already. */
    private final @Nullable Thread main;

    private final Consumer<String> failures;

    private MetricsStart(
            List<String> wanted, int series, @Nullable Thread main, Consumer<String> failures) {
        this.wanted = wanted;
        this.series = series;
        this.main = main;
        this.failures = failures;
    }

    /**
     * Starts the exporters after {@code main} has begun. Called on the main thread at the JVM's
     * start.
     */
    static void afterMainHasBegun(Options options) {
        start(new MetricsStart(
                named(options), options.series(), Thread.currentThread(), Log::error));
    }

    /**
     * Starts the exporters that are not running yet, in a running JVM, and reports those that can't
     * be started.
     */
    static void now(Options options, StartMessages lines) {
        List<String> wanted = named(options);
        List<String> failures = new ArrayList<>();
        Thread starting = start(new MetricsStart(wanted, options.series(), null, failures::add));
        try {
            starting.join();
            failures.forEach(lines::failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        String running = running();
        if (!running.isEmpty() && !wanted.containsAll(List.of(running.split("\\+", -1)))) {
            lines.error("option metrics stays " + running + "; restart the JVM to change it");
        }
    }

    private static List<String> named(Options options) {
        String metrics = options.metrics();
        return metrics == null ? List.of() : List.of(metrics.split("\\+", -1));
    }

    /** Threads that libraries start on this one are exporters' threads too. */
    private static Thread start(MetricsStart start) {
        Thread thread = CorralThread.ofExporter("corral-metrics", start);
        thread.start();
        return thread;
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
            startMissing();
        } catch (Throwable failure) {
            failures.accept("no metrics: " + failure);
        }
    }

    private void startMissing() throws Exception {
        synchronized (MetricsStart.class) {
            for (String each : wanted) {
                String kind = each.split(":", 2)[0];
                if (!RUNNING.containsKey(kind)) {
                    String failure = starter(series).apply(each);
                    if (failure == null) {
                        RUNNING.put(kind, each);
                    } else {
                        failures.accept(failure);
                    }
                }
            }
        }
    }

    private static synchronized Function<String, @Nullable String> starter(int series)
            throws Exception {
        Function<String, @Nullable String> known = starter;
        if (known == null) {
            known = MetricsLoader.load(series);
            starter = known;
        }
        return known;
    }

    private static synchronized String running() {
        return String.join("+", RUNNING.values());
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
