package io.corral.integration.virtual;

import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.TestCarriers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ForkJoinPool;

/**
 * Runs in the forked JVM: makes a pool, and configures the virtual threads' scheduler, in
 * {@code main}.
 */
final class FirstPoolProgram {

    private FirstPoolProgram() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("jdk.virtualThreadScheduler.parallelism", "1");
        System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", "1");
        ForkJoinPool pool = new ForkJoinPool(1);
        System.out.println(
                "pool=" + pool.submit(() -> Thread.currentThread().getName()).get());
        if (ThreadKind.VIRTUAL.isSupported()) {
            System.out.println("carriers=" + carriers());
        }
    }

    private static Set<String> carriers() {
        Set<String> carriers = new ConcurrentSkipListSet<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(ThreadKind.VIRTUAL.start(() -> {
                for (int j = 0; j < 1000; j++) {
                    carriers.add(TestCarriers.current());
                    Thread.yield();
                }
            }));
        }
        threads.forEach(ThreadKind::join);
        return carriers;
    }
}
