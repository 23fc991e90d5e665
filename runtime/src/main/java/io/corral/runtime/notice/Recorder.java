package io.corral.runtime.notice;

/**
 * The runtime's interface to JFR. The module {@code events} implements it, in the agent's class
 * loader: from JDK 21 on, JFR treats event classes of the boot loader as the JDK's own. Those with
 * names that begin with {@code Container} are then not instrumented, without a message, unless the
 * JVM runs in a Linux container.
 */
public interface Recorder {

    /** Whether JFR is initialized. The call is cheap and initializes nothing. */
    boolean isInitialized();

    /**
     * Runs {@code then} when JFR is initialized, on the thread that initializes it and before the
     * first recording starts; at once if it already is. It costs 1 to 13 ms, so it must not be
     * called while the application starts.
     *
     * @param then is called under a lock of JFR's, and must not ask for its recordings
     */
    void whenInitialized(Runnable then);

    /**
     * Registers the events and their periodic hooks, and begins to observe, for the JVM's life. It
     * initializes JFR if that has not happened. A second call does nothing.
     *
     * @param periodMillis the period of usage events in recordings that do not set one
     */
    void register(long periodMillis);

    /** Sets that period for recordings that start from now on. Call it after {@link #register}. */
    void period(long periodMillis);
}
