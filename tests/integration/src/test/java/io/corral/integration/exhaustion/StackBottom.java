package io.corral.integration.exhaustion;

import io.corral.Container;
import io.corral.integration.harness.ThreadKind;

/**
 * Runs an action at the bottom of a thread's stack repeatedly, each time one frame higher, until it
 * has succeeded often enough.
 */
final class StackBottom {

    private static final int ENOUGH = 10;
    private static final long STACK_BYTES = 256 * 1024;

    private final Runnable action;
    private int overflows;
    private int inARow;

    private StackBottom(Runnable action) {
        this.action = action;
    }

    /**
     * Runs on a new thread, which works in {@code container}.
     *
     * @param offset how many frames of another size to add first, so that all frames are at other
     *     addresses
     * @return how often the stack has overflowed
     */
    static int reach(Container container, int offset, Runnable action) {
        StackBottom bottom = new StackBottom(action);
        return bottom.reach(() -> container.run(() -> bottom.shift(offset)));
    }

    /** As {@link #reach(Container, int, Runnable)}, without a scope. */
    static int reach(int offset, Runnable action) {
        StackBottom bottom = new StackBottom(action);
        return bottom.reach(() -> bottom.shift(offset));
    }

    /** As {@link #reach(int, Runnable)}, on the calling thread, which is a {@link #thread}. */
    static int reachHere(int offset, Runnable action) {
        StackBottom bottom = new StackBottom(action);
        bottom.shift(offset);
        return bottom.overflows;
    }

    /** A thread with a small stack. */
    static Thread thread(Runnable task) {
        return new Thread(null, task, "bottom", STACK_BYTES);
    }

    private int reach(Runnable dive) {
        Thread thread = thread(dive);
        thread.start();
        ThreadKind.join(thread);
        return overflows;
    }

    private long shift(int offset) {
        return offset == 0 ? dive() : shift(offset - 1) + 1;
    }

    private long dive() {
        long deepest = 0;
        try {
            deepest = dive() + 1;
        } catch (StackOverflowError bottom) {
            // Handled by the callers, each one frame higher.
        }
        if (inARow < ENOUGH) {
            tryOnce();
        }
        return deepest;
    }

    private void tryOnce() {
        try {
            action.run();
            inARow++;
        } catch (StackOverflowError overflow) {
            overflows++;
            inARow = 0;
        }
    }
}
