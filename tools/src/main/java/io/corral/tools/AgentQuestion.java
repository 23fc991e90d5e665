package io.corral.tools;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question to the agent that is active in a JVM. */
final class AgentQuestion {

    private AgentQuestion() {}

    /**
     * The answer.
     *
     * @param problem the reason why there is none, or null
     */
    record Answer(@Nullable String problem, List<String> lines) {}

    static Answer ask(long pid, String question) {
        String problem;
        try {
            problem = JvmProcess.of(pid).problem();
            if (problem == null) {
                RunningJvm.Answer answer = RunningJvm.ask(pid, question);
                problem = answer.problem();
                if (problem == null) {
                    String lines = answer.properties().getProperty(RunningJvm.PRINTED, "");
                    return new Answer(null, lines.lines().toList());
                }
            }
        } catch (NoClassDefFoundError noModule) {
            problem = RunningJvm.NO_ATTACH_MODULE;
        } catch (IOException noAnswer) {
            problem = "JVM " + pid + " does not answer: " + noAnswer.getMessage();
        }
        return new Answer(problem, List.of());
    }
}
