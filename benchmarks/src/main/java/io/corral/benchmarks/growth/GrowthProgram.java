package io.corral.benchmarks.growth;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.benchmarks.harness.ExpectedAgent;
import io.corral.benchmarks.harness.VirtualThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;

/**
 * The measured program: {@code CONTAINERS HIERARCHIES PLATFORM VIRTUAL REQUESTS}. It makes as many
 * of each and prints {@code FIGURE NUMBER} for each figure.
 */
public final class GrowthProgram {

    private static final int ROUNDS = 5;
    private static final int READINGS = 10;
    private static final int RECORDED_SECONDS = 3;

    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean)
                    ManagementFactory.getOperatingSystemMXBean();

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

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
        print("heap.container", (heap() - before) / (double) live.size());
        start(platform, virtual);

        Container first = live.get(0);
        print("fork", best(100, i -> {
            Thread thread = new Thread(() -> {});
            first.start(thread);
            thread.join();
        }));
        print("enter", best(10_000, i -> {
            try (Scope scope = first.enter()) {
                Thread.onSpinWait();
            }
        }));
        print("request", best(Math.max(requests / ROUNDS, 1_000), i -> {
            Container request = first.create("r" + i);
            request.run(() -> {});
            request.remove();
        }));
        print("usage", best(READINGS, i -> {
            first.run(() -> {});
            first.usage();
        }));
        print("snapshot", best(READINGS, i -> {
            live.get(i).run(() -> {});
            Containers.snapshot(Duration.ofNanos(1));
        }));
        print("recording", recording());
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

    /** CPU nanoseconds of the calling thread for each, in the best of some rounds. */
    private static double best(int count, Work work) throws Exception {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = THREAD.getCurrentThreadCpuTime();
            for (int i = 0; i < count; i++) {
                work.run(i);
            }
            long used = THREAD.getCurrentThreadCpuTime() - begin;
            best = Math.min(best, used / (double) count);
        }
        return best;
    }

    /** CPU nanoseconds of the process in a second with a recording. */
    private static double recording() throws InterruptedException {
        try (Recording recording = new Recording()) {
            recording.enable("corral.ContainerUsage").withPeriod(Duration.ofSeconds(1));
            recording.enable("corral.ContainerTotal");
            recording.enable("corral.Reconciliation").withPeriod(Duration.ofSeconds(1));
            recording.enable("corral.ThreadMember");
            recording.start();
            TimeUnit.SECONDS.sleep(RECORDED_SECONDS);
            long begin = PROCESS.getProcessCpuTime();
            TimeUnit.SECONDS.sleep(RECORDED_SECONDS);
            return (PROCESS.getProcessCpuTime() - begin) / (double) RECORDED_SECONDS;
        }
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
