package io.corral.benchmarks.process;

import java.io.IOException;

/** What is done when this JVM ends, unless it was done by then. */
final class AtExit {

    private final Thread hook;

    /**
     * Where this JVM ends already it is done now.
     *
     * @param name of the thread that does it
     * @throws IOException if this JVM ends
     */
    AtExit(String name, Runnable last) throws IOException {
        hook = new Thread(last, name);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            last.run();
            throw new IOException("this JVM ends", shuttingDown);
        }
    }

    /** It was done. */
    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // It finds nothing to do.
        }
    }
}
