package io.corral.integration.support;

/** Virtual threads that keep their carriers while they wait. */
public final class Pinned {

    /** A flag for the forked JVM: a class of the JDK pins virtual threads. */
    public static final String FLAG = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED";

    private Pinned() {}

    /** Runs a task on the calling virtual thread, which is pinned meanwhile. */
    public static void run(Runnable task) {
        try {
            Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
            continuation.getMethod("pin").invoke(null);
            try {
                task.run();
            } finally {
                continuation.getMethod("unpin").invoke(null);
            }
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
