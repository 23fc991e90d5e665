package io.corral.runtime.notice;

import io.corral.Container;
import io.corral.Refusal;
import io.corral.Usage;

import org.jspecify.annotations.Nullable;

/** Is told what happens, on the thread on which it happens. Must not throw, block, or charge. */
public interface Observer {

    void containerCreated(Container container);

    void containerRemoved(Container container);

    void containerReleased(Container container);

    /** On the parent: nobody refused the start, and the thread does not run yet. It is told of the exit if the start fails. */
    void forked(Thread thread, Container container, String rule, boolean virtual);

    /** A thread has ended; its numbers are its own since it came under Corral's eyes. */
    void exited(Thread thread, Container container, Spent spent, boolean virtual);

    void attached(Thread thread, Container from, Container to);

    void forkRefused(Thread thread, Container container, String subsystem, Refusal refusal);

    void hookFailed(String hook, String message, long count);

    /** The calling thread works for another container of one hierarchy; while {@link #observesSwitches}. */
    void switched(Thread thread, Container from, Container to);

    /** Whether {@link #switched} is asked for. */
    boolean observesSwitches();

    /** Whether each virtual thread's own usage is asked for, which costs it a reading a mount. */
    boolean observesVirtualExits();

    /** What one thread has used; each {@link Usage#UNKNOWN} where it is. */
    record Spent(long cpuNanos, long allocatedBytes, long lifetimeNanos) {}

    /** Holds the observer there is, or null while nobody records. */
    final class Current {

        public static volatile @Nullable Observer observer;

        private Current() {}
    }
}
