package io.corral.integration.handover;

import io.corral.Containers;
import io.corral.Scope;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/** Submits tasks while another agent submits its own and retransforms the classes of tasks. */
final class TaskAgentProgram {

    private TaskAgentProgram() {}

    public static void main(String[] arguments) throws Exception {
        ExecutorService fixed =
                Executors.newFixedThreadPool(1, task -> TaskAgent.daemon(task, "app-1"));
        // Submits from the root first, to load the classes that a pool needs.
        System.out.println("before=" + taskPath(fixed));
        TaskAgent.beginToHandOver();
        try (Scope scope = Containers.at("/tenants/a").enter()) {
            System.out.println("fixed=" + taskPath(fixed));
            System.out.println("common=" + taskPath(ForkJoinPool.commonPool()));
            System.out.println("asked=" + (TaskAgent.endToHandOver() > 0));
            TaskAgent.retransform();
            System.out.println("retransformed=" + taskPath(ForkJoinPool.commonPool()));
        }
        TaskAgent.retransform();
        try (Scope scope = Containers.at("/tenants/b").enter()) {
            System.out.println("again=" + taskPath(ForkJoinPool.commonPool()));
            System.out.println("fixedAgain=" + taskPath(fixed));
        }
        fixed.shutdown();
    }

    /** The container of a task without a field for its submitter. */
    private static String taskPath(Executor pool) {
        CompletableFuture<String> seen = new CompletableFuture<>();
        pool.execute(() -> seen.complete(Containers.current().path()));
        return seen.join();
    }
}
