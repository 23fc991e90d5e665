package io.corral.runtime.handover;

/** Enables a static key by redefining its class. Implemented by the agent. */
public interface KeySwitch {

    /**
     * Any thread, any number of times, several at once.
     *
     * @param key the class that answers
     * @throws Exception or an {@code Error}, if the JVM refuses
     */
    void enable(Class<?> key) throws Exception;

    /** Whether the JVM is ending, and does not listen any more. */
    default boolean isEnding() {
        return false;
    }
}
