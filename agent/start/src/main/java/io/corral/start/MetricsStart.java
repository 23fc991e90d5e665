package io.corral.start;

import io.corral.options.Options;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.Log;
import io.corral.start.boot.MetricsLoader;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loads and starts the exporters of metrics, on a separate thread. At the JVM's start, it waits
 * until the application's {@code main} begins. If the JVM ends before the exporters have started,
 * those that push are started then, and send the last values.
 */
final class MetricsStart implements Runnable {

    /** A launcher that loads no class of the application is not known. */
    private static final long MAIN_SECONDS = 30;

    /**
     * The time that {@code main} has to set properties that the JDK reads once. Its HTTP server
     * asks for a logger, which reads those of logging; its HTTP client reads those of TLS.
     */
    private static final long CONFIGURE_MILLIS = 500;

    /** The longest time by which the start of an exporter delays the JVM's end. */
    private static final long END_SECONDS = 3;

    /** The exporter that pushes. The other one has nothing to do in a JVM that ends. */
    private static final String PUSHED = "otlp";

    /** The running exporters by their kind, as written in the option. Guarded by this class. */
    private static final Map<String, String> RUNNING = new LinkedHashMap<>();

    /** Null until it is loaded. Guarded by this class. */
    private static @Nullable BiFunction<String, Boolean, @Nullable String> starter;

    private final List<String> wanted;
    private final int series;

    /** Null if the application runs already. */
    private final @Nullable MainBegin main;

    private final Consumer<String> failures;
    private final CountDownLatch ending = new CountDownLatch(1);

    private MetricsStart(
            List<String> wanted, int series, @Nullable MainBegin main, Consumer<String> failures) {
        this.wanted = wanted;
        this.series = series;
        this.main = main;
        this.failures = failures;
    }

    /**
     * Starts the exporters after {@code main} has begun. Called on the main thread at the JVM's
     * start.
     */
    static void afterMainHasBegun(Options options, Instrumentation instrumentation) {
        MainBegin main = MainBegin.watch(instrumentation);
        MetricsStart start = new MetricsStart(named(options), options.series(), main, Log::error);
        Thread starting = start(start);
        if (start.wanted.contains(PUSHED)) {
            start.beforeEndOf(starting, main);
        }
    }

    /** Lets a JVM that ends wait for the exporters. */
    private void beforeEndOf(Thread starting, MainBegin begin) {
        Thread end = CorralThread.ofExporter("corral-metrics-early-end", () -> {
            ending.countDown();
            begin.end();
            await(starting);
        });
        try {
            Runtime.getRuntime().addShutdownHook(end);
        } catch (IllegalStateException | SecurityException refused) {
            // The JVM ends already, or a security manager refuses.
        }
    }

    private static void await(Thread starting) {
        try {
            starting.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
            if (starting.isAlive()) {
                Log.error("the JVM ended before the metrics could be sent");
            }
        } catch (InterruptedException interrupted) {
            // The JVM's end continues at once.
            Thread.currentThread().interrupt();
        }
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
                main.await(MAIN_SECONDS);
                long begun = System.nanoTime();
                starter(series);
                long loaded = System.nanoTime() - begun;
                ending.await(
                        TimeUnit.MILLISECONDS.toNanos(CONFIGURE_MILLIS) - loaded,
                        TimeUnit.NANOSECONDS);
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
                boolean isOfUse = ending.getCount() > 0 || kind.equals(PUSHED);
                if (!RUNNING.containsKey(kind) && isOfUse) {
                    String failure = starter(series).apply(each, main == null);
                    if (failure == null) {
                        RUNNING.put(kind, each);
                    } else {
                        failures.accept(failure);
                    }
                }
            }
        }
    }

    private static synchronized BiFunction<String, Boolean, @Nullable String> starter(int series)
            throws Exception {
        BiFunction<String, Boolean, @Nullable String> known = starter;
        if (known == null) {
            known = MetricsLoader.load(series);
            starter = known;
        }
        return known;
    }

    private static synchronized String running() {
        return String.join("+", RUNNING.values());
    }
}
