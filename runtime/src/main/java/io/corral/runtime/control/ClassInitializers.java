package io.corral.runtime.control;

/** Whether the calling thread runs a class initializer. */
final class ClassInitializers {

    private static final StackWalker STACK = StackWalker.getInstance();

    private ClassInitializers() {}

    /** Walks the whole stack, so ask it only where a start would be refused. */
    static boolean areRunning() {
        return new Search().isFoundBy(STACK);
    }

    private static final class Search extends FrameSearch {

        @Override
        boolean matches(StackWalker.StackFrame frame) {
            return frame.getMethodName().equals("<clinit>");
        }
    }
}
