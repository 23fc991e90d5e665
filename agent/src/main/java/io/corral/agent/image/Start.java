package io.corral.agent.image;

import java.lang.instrument.Instrumentation;

/** What the JVM's entry, which the system class loader has, calls in the agent, which has a loader of its own. */
public interface Start {

    /**
     * Throws nothing that the agent can help.
     *
     * @param late whether the agent is loaded into a JVM that runs: perhaps once more
     */
    void run(String arguments, Instrumentation instrumentation, boolean late);
}
