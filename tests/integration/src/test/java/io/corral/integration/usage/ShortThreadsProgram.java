package io.corral.integration.usage;

import com.sun.management.ThreadMXBean;
import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.ThreadKind;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Runs in the forked JVM: short threads, and what Corral, a poll and the flight recorder see of
 * them.
 */
final class ShortThreadsProgram {

    static final int THREADS = 20_000;
    static final long CPU_NANOS = 200_000;

    private static final String NAME = "short-";
    private static final String CPU_LOAD = "jdk.ThreadCPULoad";
    private static final int AT_ONCE = 8;
    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final AtomicLong OWN_READINGS = new AtomicLong();

    /** The last CPU time that the poll saw of each short thread, by its id. */
    private static final Map<Long, Long> POLLED = new ConcurrentHashMap<>();

    private ShortThreadsProgram() {}

    public static void main(String[] arguments) throws Exception {
        // One round warms the code up.
        startIn(Containers.at("/short/warm-up"), () -> {}, 2_000);
        Container empty = Containers.at("/short/empty");
        startIn(empty, () -> {}, THREADS);

        Container container = Containers.at("/short/busy");
        ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor();
        Path file = Files.createTempFile("short", ".jfr");
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.enable(CPU_LOAD).withPeriod(Duration.ofSeconds(1));
            recording.start();
            poll.scheduleAtFixedRate(ShortThreadsProgram::poll, 0, 1, TimeUnit.SECONDS);
            startIn(container, ShortThreadsProgram::burn, THREADS);
            poll.shutdownNow();
            recording.stop();
            recording.dump(file);
            events = RecordingFile.readAllEvents(file);
        } finally {
            Files.delete(file);
        }
        report(container, empty, events);
    }

    /** Few threads at a time, so that each lives as short as possible. */
    private static void startIn(Container container, Runnable task, int count) {
        Thread[] living = new Thread[AT_ONCE];
        for (int i = 0; i < count; i++) {
            Thread earlier = living[i % AT_ONCE];
            if (earlier != null) {
                ThreadKind.join(earlier);
            }
            Thread thread = new Thread(task, NAME + i);
            container.start(thread);
            living[i % AT_ONCE] = thread;
        }
        for (Thread thread : living) {
            ThreadKind.join(thread);
        }
    }

    private static void burn() {
        long now;
        do {
            now = BEAN.getCurrentThreadCpuTime();
        } while (now < CPU_NANOS);
        // The cost of printing the line comes after the reading.
        OWN_READINGS.addAndGet(BEAN.getCurrentThreadCpuTime());
    }

    private static void poll() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(NAME)) {
                long cpuNanos = BEAN.getThreadCpuTime(thread.getId());
                if (cpuNanos > 0) {
                    POLLED.merge(thread.getId(), cpuNanos, Math::max);
                }
            }
        }
    }

    private static void report(Container container, Container empty, List<RecordedEvent> events) {
        System.out.println("forks=" + container.usage().forks());
        System.out.println("exits=" + container.usage().exits());
        System.out.println("ownReadings=" + OWN_READINGS.get());
        System.out.println("container=" + container.usage().cpuNanos());
        System.out.println("emptyContainer=" + empty.usage().cpuNanos());
        long loads = events.stream()
                .filter(event -> event.getEventType().getName().equals(CPU_LOAD))
                .filter(load -> load.getThread("eventThread").getJavaName().startsWith(NAME))
                .count();
        System.out.printf(
                "summary=%,d threads used %,d ms by their own last readings; their container has"
                        + " %,d ms, that of as many empty ones %,d ms; a poll each second saw %,d"
                        + " of them, with %,d ms;"
                        + " jdk.ThreadCPULoad %,d of them, and gives no time%n",
                THREADS,
                millis(OWN_READINGS.get()),
                millis(container.usage().cpuNanos()),
                millis(empty.usage().cpuNanos()),
                POLLED.size(),
                millis(POLLED.values().stream().mapToLong(Long::longValue).sum()),
                loads);
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
