package io.corral.runtime.container;

/**
 * The time while subsystems learn of a new container. Other threads that find the container by its
 * path wait for the end, so that they find the subsystems' states. No lock is held while callbacks
 * run. A thread that introduces a container itself does not wait, so no two callbacks wait for each
 * other.
 */
final class Introduction {

    /** Whether the thread introduces a container. */
    private static final ThreadLocal<Boolean> INTRODUCES = new ThreadLocal<>();

    /**
     * Between two looks of a waiting thread: the thread that was to wake it may have had no stack
     * left.
     */
    private static final long LOOK_MILLIS = 100;

    /** Of a thread that must not wait without limit: a second in all. */
    private static final int FEW_LOOKS = 10;

    private volatile boolean over;

    /** On the thread that made the container. */
    void run(ContainerListener listener, ContainerNode container) {
        boolean outermost = INTRODUCES.get() == null;
        INTRODUCES.set(true);
        try {
            listener.containerCreated(container);
        } finally {
            if (outermost) {
                INTRODUCES.remove();
            }
        }
    }

    /** Called however the introduction went. Writes first, which needs neither memory nor stack. */
    void end() {
        over = true;
        wake();
    }

    private synchronized void wake() {
        notifyAll();
    }

    void await() {
        await(Integer.MAX_VALUE);
    }

    /** Waits for the end, a second at most. */
    void awaitBriefly() {
        await(FEW_LOOKS);
    }

    private void await(int looks) {
        if (!over && INTRODUCES.get() == null) {
            awaitEnd(looks);
        }
    }

    private synchronized void awaitEnd(int looks) {
        boolean interrupted = false;
        for (int i = 0; !over && i < looks; i++) {
            try {
                wait(LOOK_MILLIS);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
