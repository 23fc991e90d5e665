package io.corral.integration.report;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.ThreadKind;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A service with requests of about a millisecond. Each tenant's requests run in a method of their
 * own, so that a stack names the tenant. Some are tasks of a pool, some have a thread of their own.
 */
final class ReportProgram {

    private static final int REQUESTS = 1_500;
    private static final int THREADS = 2;
    private static final int STEPS = 400_000;

    private static volatile long result;

    private ReportProgram() {}

    public static void main(String[] arguments) throws Exception {
        // Compiled before, so that the requests are of about the same length.
        for (int i = 0; i < 100; i++) {
            burn();
        }
        onAPool();
        onThreadsOfTheirOwn(ThreadKind.valueOf(arguments[0]));
        System.out.println("done=" + (result != 0));
    }

    private static void onAPool() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            for (Tenant tenant : Tenant.values()) {
                try (Scope scope = tenant.container().enter()) {
                    tasks.add(pool.submit(tenant::work));
                }
            }
        }
        for (Future<?> task : tasks) {
            task.get();
        }
        pool.shutdown();
    }

    /** Each thread serves requests of all tenants in turn, and works in the root before each. */
    private static void onThreadsOfTheirOwn(ThreadKind kind) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(kind.start(() -> {
                for (int request = 0; request < REQUESTS / THREADS; request++) {
                    for (Tenant tenant : Tenant.values()) {
                        try (Scope scope = tenant.container().enter()) {
                            tenant.work();
                        }
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private enum Tenant {
        ACME {
            @Override
            void work() {
                acme();
            }
        },
        GLOBEX {
            @Override
            void work() {
                globex();
            }
        };

        abstract void work();

        Container container() {
            return Containers.at("/tenants/" + name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static void acme() {
        burn();
    }

    private static void globex() {
        burn();
    }

    private static void burn() {
        long value = result | 1;
        for (int i = 0; i < STEPS; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        result = value;
    }
}
