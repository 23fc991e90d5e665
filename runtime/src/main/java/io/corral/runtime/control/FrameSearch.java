package io.corral.runtime.control;

import java.util.function.Consumer;

/** A search for a frame on the stack of the calling thread. A class, since hooks use no lambda. */
abstract class FrameSearch implements Consumer<StackWalker.StackFrame> {

    private boolean isFound;

    abstract boolean matches(StackWalker.StackFrame frame);

    /** Walks the whole stack. Call it once. */
    final boolean isFoundBy(StackWalker stack) {
        stack.forEach(this);
        return isFound;
    }

    @Override
    public final void accept(StackWalker.StackFrame frame) {
        if (!isFound && matches(frame)) {
            isFound = true;
        }
    }
}
