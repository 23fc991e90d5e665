package io.corral.integration.limits;

import java.util.concurrent.Executor;

/** A pool of an application's own, with a thread for each task and a size that can be read. */
public final class ForeignPool implements Executor {

    private final int maxThreads;

    public ForeignPool(int maxThreads) {
        this.maxThreads = maxThreads;
    }

    /** The name that Jetty's pool has for it. */
    public int getMaxThreads() {
        return maxThreads;
    }

    @Override
    public void execute(Runnable task) {
        new Thread(new Worker(task), "foreign-worker").start();
    }

    private final class Worker implements Runnable {

        private final Runnable task;

        Worker(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            // The worker refers to its pool.
            if (maxThreads > 0) {
                task.run();
            }
        }
    }
}
