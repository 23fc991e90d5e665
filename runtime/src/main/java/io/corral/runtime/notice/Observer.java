package io.corral.runtime.notice;

import io.corral.Container;
import io.corral.LimitExceeded;
import io.corral.Refusal;
import io.corral.Usage;

import org.jspecify.annotations.Nullable;

/**
 * Receives events on the thread on which they occur. Its methods must not throw, block or charge.
 */
public interface Observer {

    void containerCreated(Container container);

    void containerRemoved(Container container);

    void containerReleased(Container container);

    /**
     * Called on the starter: no subsystem refused the start, and the thread does not run yet. If
     * the start fails, {@link #exited} follows.
     */
    void forked(Thread thread, Container container, String rule, boolean isVirtual);

    /**
     * A virtual thread ends. Called on the thread itself, after its exit callbacks; {@link #exited}
     * follows on its carrier. A thread that had no stack left is not announced.
     */
    void ending(Thread thread);

    /** A thread has ended. {@code spent} counts from its start, or from its adoption. */
    void exited(Thread thread, Container container, Spent spent, boolean isVirtual);

    void attached(Thread thread, Container from, Container to);

    void forkRefused(Thread thread, Container container, String subsystem, Refusal refusal);

    /**
     * A limit was set, changed or lifted.
     *
     * @param control as {@link LimitExceeded#control}
     * @param before its value, as the rules file writes it; {@code none} without one; {@code on}
     *     for {@code fair}
     * @param origin the line that sets it, or the word for code or for the command; if it is
     *     lifted, what had set it
     */
    void limitChanged(
            Container container, String control, String before, String now, String origin);

    /** Called on the background thread, at most once a second for a container. */
    void limitExceeded(LimitExceeded exceeded);

    void hookFailed(String hook, String message, long count);

    /**
     * The calling thread has changed its container in one hierarchy. See {@link #observesSwitches}.
     */
    void switched(Thread thread, Container from, Container to);

    /** Whether {@link #switched} is to be called. */
    boolean observesSwitches();

    /**
     * Whether exits of virtual threads include their usage, which costs one reading at each mount.
     */
    boolean observesVirtualExits();

    /** The usage of one thread. Each value can be {@link Usage#UNKNOWN}. */
    record Spent(long cpuNanos, long allocatedBytes, long lifetimeNanos) {}

    /** Holds the observer. */
    final class Current {

        /** Null until events are registered. */
        public static volatile @Nullable Observer observer;

        private Current() {}
    }
}
