package io.corral.integration.container;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.VirtualThreads;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Waits;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs in the forked JVM: lists virtual threads, a third of which an executor has started, and a
 * third of which are in another container.
 */
final class VirtualListingProgram {

    private static final Container HERE = Containers.at("/here");

    private VirtualListingProgram() {}

    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[0]);
        System.out.println("before=" + outcome(HERE.virtualThreads(), List.of()));
        if (!ThreadKind.VIRTUAL.isSupported()) {
            return;
        }
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(3 * threads);
        List<Thread> all = new CopyOnWriteArrayList<>();
        Runnable task = () -> {
            all.add(Thread.currentThread());
            running.countDown();
            Waits.await(end);
        };
        List<Thread> here = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = ThreadKind.VIRTUAL.unstarted(task);
            HERE.start(thread);
            here.add(thread);
            HERE.at("below").start(ThreadKind.VIRTUAL.unstarted(task));
        }
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (Scope scope = HERE.enter()) {
            for (int i = 0; i < threads; i++) {
                executor.execute(task);
            }
        }
        Waits.await(running);
        System.out.println("running=" + outcome(HERE.virtualThreads(), here));
        System.out.println("walkMicros=" + medianWalkMicros());
        HERE.at("below").attach(here.get(0));
        System.out.println("moved=" + outcome(HERE.virtualThreads(), here));
        end.countDown();
        executor.shutdown();
        all.forEach(ThreadKind::join);
        System.out.println("ended=" + outcome(HERE.virtualThreads(), here));
    }

    /** The median of the CPU time of a walk. */
    private static long medianWalkMicros() {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long[] nanos = new long[15];
        for (int i = 0; i < nanos.length; i++) {
            long begin = clock.getCurrentThreadCpuTime();
            HERE.virtualThreads();
            nanos[i] = clock.getCurrentThreadCpuTime() - begin;
        }
        Arrays.sort(nanos);
        return TimeUnit.NANOSECONDS.toMicros(nanos[nanos.length / 2]);
    }

    /** How many were found, how many of these the program has started itself, and the missed. */
    private static String outcome(VirtualThreads threads, List<Thread> here) {
        HashSet<Thread> own = new HashSet<>(threads.found());
        int found = own.size();
        own.retainAll(here);
        return threads.found().size() + " " + found + " " + own.size() + " " + threads.missed();
    }
}
