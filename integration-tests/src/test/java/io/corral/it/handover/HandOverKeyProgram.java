package io.corral.it.handover;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.it.support.KeyAgent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many threads enter at the same time, the first of all, and hand a task over; then another agent retransforms the key. */
final class HandOverKeyProgram {

    private static final int THREADS = 16;

    private HandOverKeyProgram() {}

    public static void main(String[] arguments) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> new Thread(task, "key-1"));
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String tenant = "/tenants/" + i;
            Thread thread = new Thread(() -> {
                try {
                    together.await();
                    say("first", tenant, pool);
                } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("redefinitions=" + KeyAgent.redefinitions());
        try {
            KeyAgent.retransform();
        } catch (LinkageError damaged) {
            // As it was meant.
        }
        say("then", "/tenants/0", pool);
        System.out.println("redefinitionsAtLast=" + KeyAgent.redefinitions());
        pool.shutdown();
    }

    /** Where a task runs that is handed over within a tenant. */
    private static void say(String key, String tenant, ExecutorService pool) throws Exception {
        Container container = Containers.at(tenant);
        try (Scope scope = container.enter()) {
            String where = pool.submit(() -> Containers.current().path()).get();
            System.out.println(key + "=" + (where.equals(tenant) ? "tenant" : where));
        }
    }
}
