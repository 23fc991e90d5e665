package io.corral.benchmarks.tasks;

import io.corral.Containers;
import io.corral.benchmarks.Sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Hands a million tiny tasks to a pool, and says what CPU time each has cost the process. */
public final class TasksProgram {

    /** What their submitter has about it: a {@link Carried} in small letters. */
    public static final String CARRIED = "tasks.carried";

    /** Where the kernel says what CPU time this process has used; else it is asked of the JVM. */
    public static final String USAGE = "tasks.usage";

    /**
     * One in so many of its rounds is quicker than the one that counts; 2 is the median's. Where this is not set all count, on the
     * average.
     */
    public static final String QUICKER = "tasks.quicker";

    private static final int TASKS = 1_000_000;

    private static final int WARMUPS = 5;

    /** Where tasks take long they are fewer, but no less than the least. */
    private static final int ROUNDS = 41;

    private static final int LEAST_ROUNDS = 11;
    private static final long ENOUGH_NANOS = 3_000_000_000L;

    private static final ProcessCpu CPU = new ProcessCpu(System.getProperty(USAGE));

    private TasksProgram() {}

    public static void main(String[] arguments) {
        TinyTasks tasks = arguments[0].equals("common")
                ? TinyTasks.throughTheCommonPool()
                : TinyTasks.throughAFixedPool(Integer.parseInt(arguments[0]));
        Carried carried =
                Carried.valueOf(System.getProperty(CARRIED, "nothing").toUpperCase(Locale.ROOT));
        carried.around(() -> {
            Executor submitting = carried.submitting(tasks.pool());
            check(carried, submitting);
            measure(tasks.by(submitting));
        });
        System.exit(0);
    }

    /** The cost of what is not carried along would look splendid. */
    private static void check(Carried carried, Executor pool) {
        CompletableFuture<Boolean> isThere = new CompletableFuture<>();
        pool.execute(() -> isThere.complete(carried.isHere()));
        if (!isThere.join()) {
            System.out.println("failed " + carried + " is not where the task runs");
            System.exit(1);
        }
    }

    private static void measure(TinyTasks tasks) {
        for (int i = 0; i < WARMUPS; i++) {
            tasks.run(TASKS);
        }
        List<Double> cpu = new ArrayList<>();
        List<Double> wall = new ArrayList<>();
        long start = System.nanoTime();
        while (isToGoOn(cpu.size(), System.nanoTime() - start)) {
            long before = CPU.nanos();
            long began = System.nanoTime();
            tasks.run(TASKS);
            wall.add((double) (System.nanoTime() - began) / TASKS);
            cpu.add((double) (CPU.nanos() - before) / TASKS);
        }
        if (tasks.done() != (long) (WARMUPS + cpu.size()) * TASKS) {
            throw new IllegalStateException("tasks were lost: " + tasks.done());
        }
        System.out.println("task " + counting(cpu));
        System.out.println("rate " + 1e9 / counting(wall));
        System.out.println("active " + Containers.isActive());
    }

    private static double counting(List<Double> rounds) {
        int quicker = Integer.getInteger(QUICKER, 0);
        Sample sample = new Sample(rounds);
        return quicker == 0 ? sample.average() : sample.quick(quicker);
    }

    private static boolean isToGoOn(int rounds, long nanos) {
        return nanos < ENOUGH_NANOS ? rounds < ROUNDS : rounds < LEAST_ROUNDS;
    }
}
