package io.corral.benchmarks.growth;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.benchmarks.harness.ExpectedAgent;
import io.corral.benchmarks.harness.VirtualThreads;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * The measured program: {@code CONTAINERS HIERARCHIES PLATFORM VIRTUAL REQUESTS}. It makes as many
 * of each and prints {@code FIGURE NUMBER} for each figure.
 */
public final class GrowthProgram {

    private static final int ROUNDS = 5;
    private static final int READINGS = 10;
    private static final int REMOVALS = 1_000;

    private static final com.sun.management.ThreadMXBean THREAD =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final List<Thread> THREADS = new ArrayList<>();

    private GrowthProgram() {}

    private interface Work {
        void run(int i) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        ExpectedAgent.check();
        int containers = Integer.parseInt(arguments[0]);
        int hierarchies = Integer.parseInt(arguments[1]);
        int platform = Integer.parseInt(arguments[2]);
        int virtual = Integer.parseInt(arguments[3]);
        int requests = Integer.parseInt(arguments[4]);

        List<Container> live = new ArrayList<>();
        long before = heap();
        for (int h = 0; h < hierarchies; h++) {
            Hierarchy tree = Containers.hierarchy(h == 0 ? "main" : "growth" + h);
            for (int i = 0; i < containers; i++) {
                Container container = tree.at("/growth/g" + i / 100 + "/c" + i);
                container.run(() -> {});
                live.add(container);
            }
        }
        long ofContainers = heap() - before;
        print("heap.container", ofContainers / (double) live.size());
        start(platform, virtual);
        print("heap.thread", (heap() - before - ofContainers) / (double) (platform + virtual));

        Container first = live.get(0);
        best("fork", 100, i -> {
            Thread thread = new Thread(() -> {});
            first.start(thread);
            thread.join();
        });
        best("enter", 10_000, i -> {
            try (Scope scope = first.enter()) {
                Thread.onSpinWait();
            }
        });
        int ofRound = Math.max(requests / ROUNDS, 1_000);
        long beforeRequests = heap();
        best("request", ofRound, i -> {
            Container request = first.create("r" + i);
            request.run(() -> {});
            request.remove();
        });
        print("heap.left", (heap() - beforeRequests) / (double) (ROUNDS * ofRound));
        Deque<Container> removed = new ArrayDeque<>();
        best(
                "remove",
                REMOVALS,
                i -> removed.push(first.create("x" + i)),
                i -> removed.pop().remove());
        best("usage", READINGS, i -> {
            first.run(() -> {});
            first.usage();
        });
        best("snapshot", READINGS, i -> {
            live.get(i).run(() -> {});
            Containers.snapshot(Duration.ofNanos(1));
        });
        recording(live);
        System.exit(0);
    }

    private static void start(int platform, int virtual) {
        for (int i = 0; i < platform; i++) {
            Thread thread = new Thread(GrowthProgram::park, "growth-" + i % 10);
            thread.setDaemon(true);
            thread.start();
        }
        for (int i = 0; i < virtual; i++) {
            THREADS.add(VirtualThreads.start(GrowthProgram::park));
        }
    }

    private static void park() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }

    private static void best(String figure, int count, Work work) throws Exception {
        best(figure, count, i -> {}, work);
    }

    /**
     * CPU nanoseconds and heap bytes of the calling thread for each, in the best of some rounds.
     */
    private static void best(String figure, int count, Work before, Work work) throws Exception {
        double nanos = Double.MAX_VALUE;
        double bytes = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < count; i++) {
                before.run(i);
            }
            long beganBytes = THREAD.getCurrentThreadAllocatedBytes();
            long beganNanos = THREAD.getCurrentThreadCpuTime();
            for (int i = 0; i < count; i++) {
                work.run(i);
            }
            long usedNanos = THREAD.getCurrentThreadCpuTime() - beganNanos;
            long usedBytes = THREAD.getCurrentThreadAllocatedBytes() - beganBytes;
            nanos = Math.min(nanos, usedNanos / (double) count);
            bytes = Math.min(bytes, usedBytes / (double) count);
        }
        print(figure, nanos);
        print(figure + ".bytes", bytes);
    }

    /** What Corral's events add to a second and to a new chunk, and how long JFR takes to begin. */
    private static void recording(List<Container> live) throws Exception {
        // The first recording of a JVM loads JFR.
        RecordingCost base = new RecordingCost(live, false);
        RecordingCost full = new RecordingCost(live, true);
        print("jfr.cpu", full.cpuNanos - base.cpuNanos);
        print("jfr.bytes", full.bytes - base.bytes);
        print("jfr.rotation", full.rotationMillis - base.rotationMillis);
        print("jfr.begin", full.beginMillis);
    }

    private static long heap() {
        for (int i = 0; i < ROUNDS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(String figure, double number) {
        System.out.printf(Locale.ROOT, "%s %.1f%n", figure, number);
    }
}
