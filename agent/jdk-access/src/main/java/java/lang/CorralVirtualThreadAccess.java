package java.lang;

import io.corral.runtime.jdk.VirtualThreadAccess;
import java.util.Iterator;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer.ConditionObject;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.SharedThreadContainer;
import jdk.internal.vm.ThreadContainer;
import jdk.internal.vm.ThreadContainers;

/** Nest mate of {@link VirtualThread}. */
final class CorralVirtualThreadAccess implements VirtualThreadAccess {

    /** The field of a thread to which a monitor was released; -1 on a JDK where it pins. */
    private static final long BLOCK_PERMIT = blockPermit();

    // Loaded here, since a hook may have no stack left for that.

    private static final Class<?> LOCK = AbstractOwnableSynchronizer.class;

    private static final Class<?> CONDITION = ConditionObject.class;

    private static long blockPermit() {
        try {
            return Unsafe.getUnsafe().objectFieldOffset(VirtualThread.class, "blockPermit");
        } catch (InternalError missing) {
            return -1;
        }
    }

    @Override
    public boolean areUsed() {
        return !Unsafe.getUnsafe().shouldBeInitialized(VirtualThread.class);
    }

    @Override
    public boolean isVirtual(Thread thread) {
        return thread instanceof VirtualThread;
    }

    @Override
    public Runnable runContinuation(Thread thread) {
        return thread instanceof VirtualThread ? ((VirtualThread) thread).runContinuation : null;
    }

    @Override
    public boolean isOfPool(Thread thread) {
        return thread.threadContainer() instanceof SharedThreadContainer;
    }

    @Override
    public void forEachListed(Consumer<Thread> action) {
        walk(ThreadContainers.root(), action);
    }

    private static void walk(ThreadContainer in, Consumer<Thread> action) {
        in.threads().forEach(action);
        Iterator<ThreadContainer> children = in.children().iterator();
        while (children.hasNext()) {
            walk(children.next(), action);
        }
    }

    /** The field is final, so the JVM would refuse an instruction that stores to it. */
    @Override
    public void runContinuation(Thread thread, Runnable member) {
        Unsafe unsafe = Unsafe.getUnsafe();
        long offset = unsafe.objectFieldOffset(VirtualThread.class, "runContinuation");
        unsafe.putReferenceVolatile(thread, offset, member);
    }

    @Override
    public void pin() {
        Continuation.pin();
    }

    @Override
    public void unpin() {
        Continuation.unpin();
    }

    @Override
    public boolean isOnJdkScheduler(Thread thread) {
        return thread instanceof VirtualThread
                && ((VirtualThread) thread).scheduler == VirtualThread.DEFAULT_SCHEDULER;
    }

    @Override
    public boolean isUnblocked(Thread thread) {
        if (!(thread instanceof VirtualThread)) {
            return false;
        }
        Object blocker = LockSupport.getBlocker(thread);
        return LOCK.isInstance(blocker)
                || CONDITION.isInstance(blocker)
                || (BLOCK_PERMIT >= 0
                        && Unsafe.getUnsafe().getBooleanVolatile(thread, BLOCK_PERMIT));
    }

    @Override
    public ForkJoinPool scheduler() {
        return VirtualThread.DEFAULT_SCHEDULER;
    }

    /** The JDK too pins a virtual thread that submits, so that its carrier stays the same. */
    @Override
    public void submit(ForkJoinTask<?> task) {
        boolean isVirtual = Thread.currentThread() instanceof VirtualThread;
        if (isVirtual) {
            Continuation.pin();
        }
        try {
            VirtualThread.DEFAULT_SCHEDULER.execute(task);
        } finally {
            if (isVirtual) {
                Continuation.unpin();
            }
        }
    }

    @Override
    public void submitLazily(ForkJoinTask<?> task) {
        VirtualThread.DEFAULT_SCHEDULER.lazySubmit(task);
    }

    @Override
    public int parallelism() {
        return VirtualThread.DEFAULT_SCHEDULER.getParallelism();
    }

    @Override
    public void parallelism(int carriers) {
        VirtualThread.DEFAULT_SCHEDULER.setParallelism(carriers);
    }

    @Override
    public boolean hasQueuedTasks() {
        ForkJoinPool pool = VirtualThread.DEFAULT_SCHEDULER;
        return pool.hasQueuedSubmissions() || pool.getQueuedTaskCount() > 0;
    }
}
