package io.corral.benchmarks.tasks;

import com.sun.management.OperatingSystemMXBean;

import io.corral.Containers;
import io.corral.Scope;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.LongAdder;

/** Hands a million tiny tasks to a pool, and says what CPU time each has cost the process. */
public final class TasksProgram {

    /** Where they come from: the root, or a container. */
    public static final String PLACE = "tasks.place";

    public static final String CONTAINER = "container";

    private static final int TASKS = 1_000_000;

    /** At a time, so that it is not the heap that is measured. */
    private static final int BATCH = 5_000;

    private static final int WARMUPS = 3;
    private static final int ROUNDS = 5;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private TasksProgram() {}

    public static void main(String[] arguments) {
        Executor pool = arguments[0].equals("common")
                ? ForkJoinPool.commonPool()
                : Executors.newFixedThreadPool(2);
        if (System.getProperty(PLACE, "root").equals(CONTAINER)) {
            try (Scope scope = Containers.at("/tenants/acme").enter()) {
                measure(pool);
            }
        } else {
            measure(pool);
        }
        System.exit(0);
    }

    private static void measure(Executor pool) {
        LongAdder done = new LongAdder();
        for (int i = 0; i < WARMUPS; i++) {
            round(pool, done);
        }
        List<Double> nanos = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long before = PROCESS.getProcessCpuTime();
            round(pool, done);
            nanos.add((double) (PROCESS.getProcessCpuTime() - before) / TASKS);
        }
        if (done.sum() != (long) (WARMUPS + ROUNDS) * TASKS) {
            throw new IllegalStateException("tasks were lost: " + done.sum());
        }
        Collections.sort(nanos);
        System.out.println("task " + nanos.get(ROUNDS / 2));
        System.out.println("active " + Containers.isActive());
    }

    private static void round(Executor pool, LongAdder done) {
        Phaser batches = new Phaser(1);
        for (int i = 0; i < TASKS; i += BATCH) {
            batches.register();
            for (int j = 0; j < BATCH; j++) {
                int last = BATCH - 1 - j;
                pool.execute(() -> {
                    done.increment();
                    if (last == 0) {
                        batches.arriveAndDeregister();
                    }
                });
            }
            batches.arriveAndAwaitAdvance();
        }
        while (done.sum() % TASKS != 0) {
            Thread.onSpinWait();
        }
    }
}
