package io.corral.agent;

import io.corral.agent.image.AgentLoader;
import io.corral.agent.image.Start;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Where the JVM comes in. An exception out of here would abort it: nothing gets out. */
public final class Agent {

    /** Null until the agent is loaded. Guarded by this class. */
    private static @Nullable Start start;

    private Agent() {}

    /** {@code -javaagent:corral-agent.jar=key=value,…} */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation, false);
    }

    /** The agent is loaded into a JVM that runs. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation, true);
    }

    private static void start(
            @Nullable String arguments, Instrumentation instrumentation, boolean late) {
        try {
            loaded().run(arguments == null ? "" : arguments, instrumentation, late);
        } catch (Throwable failure) {
            notActive(failure, late);
        }
    }

    private static synchronized Start loaded() throws Exception {
        Start known = start;
        if (known == null) {
            known = new AgentLoader().start();
            start = known;
        }
        return known;
    }

    /** Before there are options, so also where they say that nothing is to be said. */
    private static void notActive(Throwable failure, boolean late) {
        try {
            String line = "not active: " + failure + ". The application runs unmetered.";
            System.err.println("corral: " + line);
            if (late) {
                System.setProperty(Start.ATTACHED, line);
            }
        } catch (Throwable unsayable) {
            // Not even a line; the application runs all the same.
        }
    }
}
