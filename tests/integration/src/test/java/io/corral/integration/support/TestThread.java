package io.corral.integration.support;

import io.corral.Container;
import io.corral.integration.harness.ThreadKind;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A thread that runs the tasks that others give it, one after another, and parks in between. */
public final class TestThread implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 120;

    private final BlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();
    private final FutureTask<Void> end = new FutureTask<>(() -> null);
    private final Thread thread;
    private final KernelCpuClock used;

    private TestThread(ThreadKind kind) {
        thread = kind.unstarted(this::runTasks);
        used = KernelCpuClock.of(thread, kind);
    }

    public static TestThread start(ThreadKind kind) {
        TestThread testThread = new TestThread(kind);
        testThread.thread.start();
        return testThread;
    }

    public static TestThread startIn(Container container, ThreadKind kind) {
        TestThread testThread = new TestThread(kind);
        container.start(testThread.thread);
        return testThread;
    }

    public Thread thread() {
        return thread;
    }

    /** The thread's CPU time by the kernel's clocks, while it is alive and parked. */
    public long cpuNanos() {
        return used.cpuNanos();
    }

    /** A task that may throw. */
    public interface Action {
        void run() throws Exception;
    }

    /** Runs the task on the thread and waits for its end. Throws what the task throws. */
    public void run(Action task) throws Exception {
        call(() -> {
            task.run();
            return true;
        });
    }

    /** Runs the task on the thread and returns its result. Throws what the task throws. */
    public <T> T call(Callable<T> task) throws Exception {
        return await(begin(task));
    }

    public <T> Future<T> begin(Callable<T> task) {
        FutureTask<T> begun = new FutureTask<>(task);
        tasks.add(begun);
        return begun;
    }

    /** Waits for the end of a task. */
    public static <T> T await(Future<T> begun) throws Exception {
        try {
            return begun.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) failure.getCause();
        }
    }

    private void runTasks() {
        try {
            for (FutureTask<?> task = tasks.take(); task != end; task = tasks.take()) {
                task.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the thread and waits for its end, with a limit, since a failed test may have left it
     * busy.
     */
    @Override
    public void close() throws InterruptedException {
        tasks.add(end);
        thread.join(30_000);
        if (thread.isAlive()) {
            throw new IllegalStateException("still busy: " + thread);
        }
    }
}
