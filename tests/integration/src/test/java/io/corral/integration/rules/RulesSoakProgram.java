package io.corral.integration.rules;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.harness.ThreadKind;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Starts threads, hands tasks over and calls methods until the time is over, while the rules
 * change.
 */
final class RulesSoakProgram {

    private static final Hierarchy OTHER = Containers.hierarchy("other");
    private static final Orders ORDERS = new Orders();
    private static final Set<String> PLACES = ConcurrentHashMap.newKeySet();
    private static final AtomicLong WRONG = new AtomicLong();
    private static final long PAUSE_NANOS = 50_000_000;

    private RulesSoakProgram() {}

    static final class Orders {

        String getName() {
            return "shop";
        }

        String handle(String tenant) {
            return currentPath();
        }
    }

    public static void main(String[] arguments) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[0]));
        long warm = System.nanoTime()
                + TimeUnit.SECONDS.toNanos(Math.min(60, Long.parseLong(arguments[0]) / 3));
        ExecutorService pool = Executors.newFixedThreadPool(2, task -> new Thread(task, "soak-1"));
        long usedWhenWarm = 0;
        long classesWhenWarm = 0;
        long rounds = 0;
        while (System.nanoTime() < end) {
            round(pool, rounds++);
            if (usedWhenWarm == 0 && System.nanoTime() > warm) {
                usedWhenWarm = usedBytes();
                classesWhenWarm = loadedClassesAtRest();
            }
        }
        pool.shutdown();
        if (!pool.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the pool has not ended");
        }
        print("rounds", rounds);
        print("places", PLACES.size());
        print("wrong", WRONG.get());
        print("grownKilobytes", (usedBytes() - usedWhenWarm) / 1_024);
        print("grownClasses", loadedClassesAtRest() - classesWhenWarm);
        check();
    }

    private static void round(ExecutorService pool, long number) throws Exception {
        try (Scope scope = Containers.at("/tenants/a").enter()) {
            List<Thread> threads = new ArrayList<>();
            for (ThreadKind kind : ThreadKind.values()) {
                if (kind.isSupported()) {
                    Thread thread = kind.unstarted(() -> PLACES.add(currentPath()));
                    thread.setName("soak-" + number % 50);
                    threads.add(thread);
                }
            }
            for (Thread thread : threads) {
                thread.start();
            }
            Future<String> task = pool.submit(RulesSoakProgram::currentPath);
            String before = currentPath();
            for (int i = 0; i < 100; i++) {
                PLACES.add(ORDERS.handle("t" + i % 7));
                // The scope of the rule in force has ended with the method.
                if (!currentPath().equals(before)) {
                    WRONG.incrementAndGet();
                }
            }
            PLACES.add(task.get());
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static String currentPath() {
        return Containers.current().path() + " " + OTHER.current().path();
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /**
     * Collects until the number no longer falls: the JVM cleans former versions of a class up some
     * collections later.
     */
    private static long loadedClassesAtRest() throws JMException {
        long fewest = loadedClasses();
        for (int unchanged = 0; unchanged < 5; unchanged++) {
            System.gc();
            LockSupport.parkNanos(PAUSE_NANOS);
            long next = loadedClasses();
            if (next < fewest) {
                fewest = next;
                unchanged = 0;
            }
        }
        return fewest;
    }

    /**
     * The classes of all loaders, including hidden classes. (The JVM's class loading bean also
     * counts each retransformation.)
     */
    private static long loadedClasses() throws JMException {
        Object said = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmClassloaderStats",
                        new Object[0],
                        new String[0]);
        Matcher total = Pattern.compile("Total = \\d+ +(\\d+)").matcher(said.toString());
        if (!total.find()) {
            throw new IllegalStateException("no total in " + said);
        }
        return Long.parseLong(total.group(1));
    }

    /** No thread that rules have placed is left. */
    private static void check() throws InterruptedException {
        long live = 0;
        long negative = 0;
        for (Hierarchy hierarchy : List.of(Containers.root().hierarchy(), OTHER)) {
            for (Container container : hierarchy.usages().keySet()) {
                Usage own = container.ownUsage();
                boolean isOurs = container.path().startsWith("/threads")
                        || container.path().startsWith("/digits")
                        || container.path().startsWith("/tenants")
                        || (hierarchy == OTHER && !container.path().equals("/"));
                live += isOurs ? own.threads() + own.virtualThreads() : 0;
                negative += own.threads() < 0 || own.exits() > own.forks() && isOurs ? 1 : 0;
            }
        }
        print("live", live);
        print("negative", negative);
    }

    private static void print(String key, long value) {
        System.out.println(key + "=" + value);
    }
}
