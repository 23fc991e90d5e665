package io.corral.runtime.control;

import java.util.function.Consumer;

/** A search for a frame on the stack of the calling thread. A class, since hooks use no lambda. */
abstract class FrameSearch implements Consumer<StackWalker.StackFrame> {

    private boolean isFound;

    abstract boolean matches(StackWalker.StackFrame frame);

    /** Walks the whole stack. Call it once. True also if there is too little stack to walk it. */
    final boolean isFoundBy(StackWalker stack) {
        try {
            stack.forEach(this);
        } catch (InternalError noStack) {
            // JDK 25 makes frames by reflection, which wraps the StackOverflowError.
            return true;
        }
        return isFound;
    }

    @Override
    public final void accept(StackWalker.StackFrame frame) {
        if (!isFound && matches(frame)) {
            isFound = true;
        }
    }
}
