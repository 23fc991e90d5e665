package java.util.concurrent;

public class ForkJoinPool implements Executor {

    static final long STOP = 1;
    static final int IDLE = 1 << 16;

    volatile long runState;
    WorkQueue[] queues;

    static final class WorkQueue {

        ForkJoinTask<?>[] array;
        int top;
        int base;
        volatile int phase;
        volatile int source;

        final void push(ForkJoinTask<?> task, ForkJoinPool pool, boolean internal) {
            array[top++] = task;
            if (pool != null) {
                pool.signalWork();
            }
        }

        private ForkJoinTask<?> nextLocalTask(int fifo) {
            return base == top ? null : array[fifo == 0 ? --top : base++];
        }

        final void topLevelExec(ForkJoinTask<?> task, int fifo) {
            while (task != null) {
                task.doExec();
                task = nextLocalTask(fifo);
            }
        }

        final void tryRemoveAndExec(ForkJoinTask<?> task, boolean internal) {
            if (array[top - 1] == task) {
                task.doExec();
            }
        }
    }

    private boolean createWorker() {
        try {
            new Thread(null).start();
            return true;
        } catch (Throwable refused) {
            return false;
        }
    }

    final void signalWork() {
        createWorker();
    }

    final void runWorker(WorkQueue w) {
        int phase = w.phase;
        int r = 1;
        for (; ; ) {
            WorkQueue[] qs;
            r ^= r << 13;
            if ((runState & STOP) != 0L || (qs = queues) == null) {
                break;
            }
            boolean rescan = false;
            for (int i = qs.length; i > 0; i--) {
                WorkQueue q = qs[(i + r) & (qs.length - 1)];
                if (q != null && q.array[q.base] != null) {
                    w.source = i;
                    w.topLevelExec(q.array[q.base], 0);
                    rescan = true;
                }
            }
            if (!rescan && ((phase = deactivate(w, phase)) & IDLE) != 0) {
                break;
            }
        }
    }

    private int deactivate(WorkQueue w, int phase) {
        w.phase = phase | IDLE;
        return (phase = w.phase) == 0 ? phase : awaitWork(w, phase);
    }

    private int awaitWork(WorkQueue w, int phase) {
        while ((runState & STOP) == 0) {
            Thread.currentThread().isVirtual();
        }
        return phase;
    }

    @Override
    public void execute(Runnable task) {
        submit(ForkJoinTask.adapt(task));
    }

    public <T> ForkJoinTask<T> submit(ForkJoinTask<T> task) {
        queues[0].push(task, this, false);
        return task;
    }

    public <T> ForkJoinTask<T> externalSubmit(ForkJoinTask<T> task) {
        return submit(task);
    }

    public <T> ForkJoinTask<T> lazySubmit(ForkJoinTask<T> task) {
        return submit(task);
    }
}
