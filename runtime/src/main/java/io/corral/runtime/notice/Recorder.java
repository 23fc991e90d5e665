package io.corral.runtime.notice;

/**
 * JFR, as the wiring sees it. The package {@code observe} implements it in a class loader of its own:
 * from JDK 21 on JFR takes event classes of the boot loader for the JDK's, and leaves those that are
 * called {@code Container…} without instrumentation, silently, unless the JVM runs in a container.
 */
public interface Recorder {

    /** Whether anyone has used JFR yet. Cheap, and initializes nothing. */
    boolean isInitialized();

    /**
     * Runs {@code then} when JFR is initialized, on the thread that does it and before the first
     * recording starts; at once if it is already. Costs 1 to 13 ms: not while the application starts.
     *
     * @param then is called under a lock of JFR's, and must not ask for its recordings
     */
    void whenInitialized(Runnable then);

    /**
     * Registers the events and their periodic hooks, and begins to observe, for good. Once JFR is
     * initialized; initializes it if it is not. Does nothing when called again.
     *
     * @param periodMillis how often usage events come in recordings that do not say
     */
    void register(long periodMillis);

    /** Once registered: how often they come in recordings that start from now on. */
    void period(long periodMillis);
}
