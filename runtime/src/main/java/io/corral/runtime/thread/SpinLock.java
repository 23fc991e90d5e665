package io.corral.runtime.thread;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A lock for a few steps. Where the stack is exhausted, a lock of the JDK may be taken by a call
 * that throws, or be released without waking the thread that waits for it.
 */
abstract class SpinLock {

    private static final AtomicIntegerFieldUpdater<SpinLock> LOCKED =
            AtomicIntegerFieldUpdater.newUpdater(SpinLock.class, "locked");

    /** 1 while it is held. */
    private volatile int locked;

    final void lock() {
        while (locked != 0 || !LOCKED.compareAndSet(this, 0, 1)) {
            Thread.onSpinWait();
        }
    }

    final void unlock() {
        locked = 0;
    }
}
