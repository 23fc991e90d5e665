package io.corral.commands;

import java.io.IOException;

/** Requests to the agent in a JVM. A Java without the module {@code jdk.attach} gets a reason. */
final class AgentRequest {

    private AgentRequest() {}

    /** Loads the agent, or changes the options of an agent that is there already. */
    static AgentAnswer load(long pid, String arguments) {
        return send(pid, arguments, false, "; if it runs, start it with -javaagent instead");
    }

    /** Asks an agent that is active there. */
    static AgentAnswer ask(long pid, String question) {
        return send(pid, question, true, "");
    }

    private static AgentAnswer send(
            long pid, String text, boolean onlyIfActive, String ifNoAnswer) {
        try {
            String problem = JvmProcess.of(pid).problem();
            return problem == null
                    ? RunningJvm.load(pid, text, onlyIfActive)
                    : AgentAnswer.failure(problem);
        } catch (NoClassDefFoundError noModule) {
            return AgentAnswer.failure(RunningJvm.NO_ATTACH_MODULE);
        } catch (IOException noAnswer) {
            return AgentAnswer.failure(
                    "JVM " + pid + " does not answer: " + noAnswer.getMessage() + ifNoAnswer);
        }
    }
}
