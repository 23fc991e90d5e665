package io.corral.runtime.container;

/**
 * While subsystems learn of a new container: whoever else finds it by its path waits until they have,
 * so that it finds their states. Holds no lock while callbacks run. A thread that introduces a
 * container itself waits for no other, so no two callbacks wait for one another.
 */
final class Introduction {

    /** Whether the thread introduces a container. */
    private static final ThreadLocal<Boolean> INTRODUCES = new ThreadLocal<>();

    /** Between two looks of who waits: who was to wake it may have had no stack left for that. */
    private static final long LOOK_MILLIS = 100;

    /** Of who can't wait for ever: together a second. */
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

    /** However the introduction went. First of all a write, which needs neither memory nor stack. */
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

    /** The end, or a second. */
    void awaitAWhile() {
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
