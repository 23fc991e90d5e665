package io.corral.it;

import io.corral.it.harness.ThreadKind;

/**
 * The bottom of a thread's stack: does something there again and again, each time one frame higher up,
 * until it has gone well often enough.
 */
final class StackBottom {

    private static final int ENOUGH = 10;

    private final Runnable action;
    private int tries;
    private int overflows;
    private int inARow;

    private StackBottom(Runnable action) {
        this.action = action;
    }

    /**
     * On a thread of its own.
     *
     * @param offset how many words to go down before, so that frames come to lie elsewhere
     */
    static StackBottom reach(int offset, Runnable action) {
        StackBottom bottom = new StackBottom(action);
        Thread thread = new Thread(null, () -> bottom.shift(offset), "bottom", 256 * 1024);
        thread.start();
        ThreadKind.join(thread);
        return bottom;
    }

    int tries() {
        return tries;
    }

    int overflows() {
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
            // On the way up from here.
        }
        if (inARow < ENOUGH) {
            tryOnce();
        }
        return deepest;
    }

    private void tryOnce() {
        try {
            tries++;
            action.run();
            inARow++;
        } catch (StackOverflowError overflow) {
            overflows++;
            inARow = 0;
        }
    }
}
