package io.corral.agent.image;

import java.lang.instrument.Instrumentation;

/** What the JVM's entry, which the system class loader has, calls in the agent, which has a loader of its own. */
public interface Start {

    /** Where lines are left for who loads the agent into a JVM that runs: a system property. */
    String ATTACHED = "io.corral.agent.attached";

    /**
     * Throws nothing that the agent can help.
     *
     * @param late whether the agent is loaded into a JVM that runs: perhaps once more
     */
    void run(String arguments, Instrumentation instrumentation, boolean late);
}
