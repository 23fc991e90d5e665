package io.corral.launcher;

import java.lang.instrument.Instrumentation;

/**
 * The interface through which the entry point, in the system class loader, calls the agent, which
 * has its own loader.
 */
public interface Start {

    /** The system property that holds the lines of a start for the tool that loaded the agent. */
    String ATTACHED = "io.corral.agent.attached";

    /** The system property that holds the lines about requested options that have failed. */
    String FAILED = "io.corral.agent.failed";

    /**
     * Starts the agent, or changes options of an active one. Failures are reported and not thrown.
     *
     * @param late whether the agent is loaded into a running JVM, perhaps not for the first time
     */
    void run(String arguments, Instrumentation instrumentation, boolean late);
}
