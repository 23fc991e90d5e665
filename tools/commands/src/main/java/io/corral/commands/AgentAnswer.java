package io.corral.commands;

import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What an agent has answered to a request.
 *
 * @param problem the reason why it has not answered; null if it has
 * @param properties the JVM's system properties after the request
 */
record AgentAnswer(@Nullable String problem, Properties properties) {

    /** The agent sets this system property when it is active. */
    static final String STARTED = "io.corral.agent.started";

    /** The agent sets this system property to its lines for the tool that loaded it. */
    static final String MESSAGES = "io.corral.agent.attached";

    /**
     * The agent sets this system property to its lines about requested options that have failed.
     */
    static final String FAILED_OPTIONS = "io.corral.agent.failed";

    static AgentAnswer failure(String problem) {
        return new AgentAnswer(problem, new Properties());
    }

    /** The lines that the agent printed. */
    List<String> lines() {
        return properties.getProperty(MESSAGES, "").lines().toList();
    }
}
