package java.lang;

import jdk.internal.vm.StackableScope;
import jdk.internal.vm.ThreadContainer;

public class Thread implements Runnable {

    private final long tid;
    private volatile String name;
    private final FieldHolder holder;
    private volatile ThreadContainer container;
    private volatile StackableScope headStackableScopes;
    ThreadLocal.ThreadLocalMap threadLocals;

    private static class FieldHolder {
        final Runnable task;
        volatile int threadStatus;

        FieldHolder(Runnable task) {
            this.task = task;
        }
    }

    Thread(String name, Runnable task, long id) {
        this.tid = id;
        this.name = name;
        this.holder = new FieldHolder(task);
    }

    /** Of a virtual thread. */
    Thread(String name, int characteristics, boolean bound) {
        this.tid = characteristics;
        this.name = name;
        this.holder = bound ? new FieldHolder(null) : null;
    }

    public Thread(Runnable task) {
        this("", task, 1);
    }

    public static native Thread currentThread();

    static native Thread currentCarrierThread();

    ThreadContainer threadContainer() {
        return container;
    }

    void setThreadContainer(ThreadContainer container) {
        this.container = container;
    }

    public void start() {
        synchronized (this) {
            if (holder.threadStatus != 0) {
                throw new IllegalStateException();
            }
            start0();
        }
    }

    void start(ThreadContainer container) {
        synchronized (this) {
            if (holder.threadStatus != 0 || this.container != null) {
                throw new IllegalStateException();
            }
            setThreadContainer(container);
            boolean started = false;
            container.add(this);
            try {
                start0();
                started = true;
            } finally {
                if (!started) {
                    container.remove(this);
                }
            }
        }
    }

    private native void start0();

    @Override
    public void run() {
        holder.task.run();
    }

    void clearReferences() {
        threadLocals = null;
    }

    private void exit() {
        try {
            if (headStackableScopes != null) {
                StackableScope.popAll();
            }
        } finally {
            ThreadContainer container = threadContainer();
            if (container != null) {
                container.remove(this);
            }
        }
        try {
            if (threadLocals != null) {
                threadLocals.hashCode();
            }
        } finally {
            clearReferences();
        }
    }

    public final synchronized void setName(String name) {
        this.name = name;
    }

    public boolean isVirtual() {
        return false;
    }
}
