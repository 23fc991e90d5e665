package io.corral.commands;

import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Requests to the agent in a JVM. A Java without the module {@code jdk.attach} gets a reason. */
final class AgentRequest {

    private AgentRequest() {}

    /**
     * The answer.
     *
     * @param problem the reason why the agent has not answered; null if it has
     * @param properties the JVM's system properties after the request
     */
    record Answer(@Nullable String problem, Properties properties) {

        static Answer failure(String problem) {
            return new Answer(problem, new Properties());
        }

        /** The lines that the agent printed. */
        List<String> lines() {
            return properties.getProperty(RunningJvm.PRINTED, "").lines().toList();
        }
    }

    /** Loads the agent, or changes the options of an agent that is there already. */
    static Answer load(long pid, String arguments) {
        return send(pid, arguments, false, "; if it runs, start it with -javaagent instead");
    }

    /** Asks an agent that is active there. */
    static Answer ask(long pid, String question) {
        return send(pid, question, true, "");
    }

    private static Answer send(long pid, String text, boolean onlyIfActive, String ifNoAnswer) {
        try {
            String problem = JvmProcess.of(pid).problem();
            return problem == null
                    ? RunningJvm.load(pid, text, onlyIfActive)
                    : Answer.failure(problem);
        } catch (NoClassDefFoundError noModule) {
            return Answer.failure(RunningJvm.NO_ATTACH_MODULE);
        } catch (IOException noAnswer) {
            return Answer.failure(
                    "JVM " + pid + " does not answer: " + noAnswer.getMessage() + ifNoAnswer);
        }
    }
}
