package java.lang;

import io.corral.runtime.jdk.VirtualThreadAccess;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.SharedThreadContainer;

/** Nest mate of {@link VirtualThread}. */
final class CorralVirtualThreadAccess implements VirtualThreadAccess {

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
}
