package java.lang;

import io.corral.runtime.jdk.ThreadAccess;

/** Nest mate of {@link Thread} on JDKs that keep a thread's task in the thread itself: 17. */
final class CorralPlainThreadAccess implements ThreadAccess {

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
        return thread.target;
    }

    @Override
    public boolean isRunnable(Thread thread) {
        return (thread.threadStatus & JVMTI_RUNNABLE) != 0;
    }
}
