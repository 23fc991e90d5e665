package io.corral.runtime.membership;

/** Enables a static key by redefining its class. Implemented by the agent. */
public interface KeySwitch {

    /**
     * Any thread, any number of times, several at once.
     *
     * @param key the class that answers
     */
    void enable(Class<?> key);
}
