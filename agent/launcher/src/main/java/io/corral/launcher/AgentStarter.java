package io.corral.launcher;

import java.lang.instrument.Instrumentation;

/**
 * The interface through which the entry point, in the system class loader, calls the agent, which
 * has its own loader.
 */
public interface AgentStarter {

    /** The system property for the tool that loads the agent: the agent's messages at its start. */
    String MESSAGES_PROPERTY = "io.corral.agent.attached";

    /** Likewise: the messages about requested options that could not be set. */
    String FAILED_OPTIONS_PROPERTY = "io.corral.agent.failed";

    /**
     * Starts the agent, or changes options of an active one. Failures are reported and not thrown.
     *
     * @param isLate whether the agent is loaded into a running JVM, perhaps not for the first time
     */
    void run(String arguments, Instrumentation instrumentation, boolean isLate);
}
