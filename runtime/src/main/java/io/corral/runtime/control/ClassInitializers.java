package io.corral.runtime.control;

import java.util.function.Consumer;

/** Whether the calling thread runs a class initializer. */
final class ClassInitializers {

    private static final StackWalker STACK = StackWalker.getInstance();

    private ClassInitializers() {}

    /** Walks the whole stack, so ask it only where a start would be refused. */
    static boolean areRunning() {
        Finder finder = new Finder();
        STACK.forEach(finder);
        return finder.isFound;
    }

    /** A class, since hooks use no lambda. */
    private static final class Finder implements Consumer<StackWalker.StackFrame> {

        private boolean isFound;

        @Override
        public void accept(StackWalker.StackFrame frame) {
            if (!isFound && frame.getMethodName().equals("<clinit>")) {
                isFound = true;
            }
        }
    }
}
