package io.corral.runtime.membership;

/** Enables a static key by redefining its class. Implemented by the agent. */
public interface KeySwitch {

    /**
     * Any thread, any number of times, several at once. If it returns and the key is off it can't be enabled; what is
     * thrown means that a later call may succeed.
     *
     * @param key the class that answers
     */
    void enable(Class<?> key);
}
