package io.corral.integration.handover;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** As in the javadoc of {@link Executor}: runs tasks one after another on another executor. */
final class SerialExecutor implements Executor {

    static final String RULE = "handover " + SerialExecutor.class.getName() + "#execute({0})";

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Executor executor;
    private Runnable active;

    SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(() -> {
            try {
                task.run();
            } finally {
                scheduleNext();
            }
        });
        if (active == null) {
            scheduleNext();
        }
    }

    private synchronized void scheduleNext() {
        active = tasks.poll();
        if (active != null) {
            executor.execute(active);
        }
    }
}
