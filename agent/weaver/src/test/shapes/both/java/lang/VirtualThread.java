package java.lang;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import jdk.internal.misc.CarrierThread;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.StackableScope;
import jdk.internal.vm.ThreadContainer;

final class VirtualThread extends Thread {

    private static final ForkJoinPool DEFAULT_SCHEDULER = new ForkJoinPool();

    private final Executor scheduler;
    private final Continuation cont;
    private final Runnable runContinuation;
    private volatile boolean blockPermit;
    private Future<?> timeoutTask;
    private volatile Thread carrierThread;

    VirtualThread(Executor scheduler, String name, int characteristics, Runnable task) {
        super(name, characteristics, false);
        this.scheduler = scheduler == null ? DEFAULT_SCHEDULER : scheduler;
        this.cont = new VThreadContinuation(this, task);
        this.runContinuation = this::runContinuation;
    }

    private static class VThreadContinuation extends Continuation {
        VThreadContinuation(VirtualThread thread, Runnable task) {
            super(new Runnable() {
                @Override
                public void run() {
                    thread.endFirstTransition();
                    try {
                        thread.run(task);
                    } finally {
                        thread.startFinalTransition();
                    }
                }
            });
        }
    }

    private void runContinuation() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException();
        }
        if (blockPermit) {
            cancelTimeoutTask();
            blockPermit = false;
        }
        mount();
        try {
            cont.run();
        } finally {
            unmount();
            if (cont.isDone()) {
                afterDone();
            } else {
                afterYield();
            }
        }
    }

    private void cancelTimeoutTask() {
        if (timeoutTask != null) {
            timeoutTask.cancel(false);
            timeoutTask = null;
        }
    }

    private void submit(Executor executor, Runnable task) {
        if (executor instanceof ForkJoinPool) {
            ((ForkJoinPool) executor).submit(ForkJoinTask.adapt(task));
        } else {
            executor.execute(task);
        }
    }

    private void submitRunContinuation(Executor scheduler, boolean retries) {
        boolean done = false;
        while (!done) {
            try {
                if (Thread.currentThread().isVirtual()) {
                    Continuation.pin();
                    try {
                        submit(scheduler, runContinuation);
                    } finally {
                        Continuation.unpin();
                    }
                } else {
                    submit(scheduler, runContinuation);
                }
                done = true;
            } catch (RejectedExecutionException refused) {
                submitFailed(refused);
                throw refused;
            } catch (OutOfMemoryError exhausted) {
                if (!retries) {
                    throw exhausted;
                }
            }
        }
    }

    private void externalSubmitRunContinuation(ForkJoinPool pool) {
        try {
            pool.externalSubmit(ForkJoinTask.adapt(runContinuation));
        } catch (RejectedExecutionException refused) {
            submitFailed(refused);
            throw refused;
        } catch (OutOfMemoryError exhausted) {
            submitRunContinuation(pool, true);
        }
    }

    private void submitRunContinuation() {
        submitRunContinuation(scheduler, true);
    }

    private void lazySubmitRunContinuation() {
        if (Thread.currentThread() instanceof CarrierThread) {
            ForkJoinPool pool = ((CarrierThread) Thread.currentThread()).getPool();
            try {
                pool.lazySubmit(ForkJoinTask.adapt(runContinuation));
            } catch (OutOfMemoryError exhausted) {
                submitRunContinuation();
            }
        } else {
            submitRunContinuation();
        }
    }

    private void externalSubmitRunContinuationOrThrow() {
        if (scheduler == DEFAULT_SCHEDULER
                && Thread.currentCarrierThread() instanceof CarrierThread) {
            ForkJoinPool pool = ((CarrierThread) Thread.currentCarrierThread()).getPool();
            pool.externalSubmit(ForkJoinTask.adapt(runContinuation));
        } else {
            submitRunContinuation(scheduler, false);
        }
    }

    private void submitFailed(RejectedExecutionException refused) {}

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable uncaught) {
            submitFailed(null);
        } finally {
            StackableScope.popAll();
        }
    }

    private void mount() {
        startTransition(true);
        carrierThread = Thread.currentCarrierThread();
    }

    private void unmount() {
        carrierThread = null;
        endTransition(false);
    }

    private void afterYield() {
        lazySubmitRunContinuation();
    }

    private void afterDone() {
        afterDone(true);
    }

    private void afterDone(boolean notifyContainer) {
        if (notifyContainer) {
            threadContainer().remove(this);
        }
        clearReferences();
    }

    @Override
    void start(ThreadContainer container) {
        setThreadContainer(container);
        boolean addedToContainer = false;
        boolean started = false;
        try {
            container.add(this);
            addedToContainer = true;
            externalSubmitRunContinuationOrThrow();
            started = true;
        } finally {
            if (!started) {
                afterDone(addedToContainer);
            }
        }
    }

    private native void endFirstTransition();

    private native void startFinalTransition();

    private native void startTransition(boolean mount);

    private native void endTransition(boolean mount);
}
