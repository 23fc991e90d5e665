package java.lang;

import jdk.internal.vm.StackableScope;
import jdk.internal.vm.ThreadContainer;

public class Thread implements Runnable {

    private final long tid;
    private volatile String name;
    private final FieldHolder holder;
    private ThreadLocal.ThreadLocalMap threadLocals;
    private volatile ThreadContainer container;
    private volatile StackableScope headStackableScopes;

    private static class FieldHolder {
        final ThreadGroup group;
        final Runnable task;
        volatile int threadStatus;
        ThreadLocal.ThreadLocalMap terminatingThreadLocals;

        FieldHolder(ThreadGroup group, Runnable task) {
            this.group = group;
            this.task = task;
        }
    }

    Thread(ThreadGroup group, String name, int characteristics, Runnable task, long stackSize) {
        Thread parent = currentThread();
        boolean isAttached = parent == this;
        this.holder = new FieldHolder(isAttached ? group : parent.getThreadGroup(), task);
        this.tid = isAttached ? 3 : stackSize;
        this.name = name == null ? "" : name;
        if (!isAttached && (characteristics & 4) == 0) {
            this.threadLocals = parent.threadLocals;
        }
    }

    /** Of a virtual thread. */
    Thread(String name, int characteristics, boolean bound) {
        this.tid = characteristics;
        this.name = name;
        this.holder = bound ? new FieldHolder(null, null) : null;
    }

    public Thread(Runnable task) {
        this(null, null, 0, task, 0);
    }

    public final ThreadGroup getThreadGroup() {
        return holder.group;
    }

    ThreadLocal.ThreadLocalMap terminatingThreadLocals() {
        return holder.terminatingThreadLocals;
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
            if (terminatingThreadLocals() != null) {
                terminatingThreadLocals().hashCode();
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
