package java.lang;

import io.corral.runtime.jdk.ThreadAccess;

/** Nest mate of {@link Thread} on JDKs that have virtual threads. */
final class CorralThreadAccess implements ThreadAccess {

    @Override
    public long id(Thread thread) {
        return thread.tid;
    }

    @Override
    public void start0(Thread thread) {
        thread.start0();
    }

    @Override
    public Runnable task(Thread thread) {
        return thread.holder.task;
    }

    @Override
    public boolean isRunnable(Thread thread) {
        return (thread.holder.threadStatus & JVMTI_RUNNABLE) != 0;
    }
}
