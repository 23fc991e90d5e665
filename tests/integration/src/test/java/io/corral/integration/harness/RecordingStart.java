package io.corral.integration.harness;

/** For programs that look at their own recording. */
public final class RecordingStart {

    private RecordingStart() {}

    /** Waits until Corral follows the recordings of this JVM, which begins on another thread. */
    public static void awaitFollowing() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("corral-recordings")) {
                thread.join();
            }
        }
    }
}
