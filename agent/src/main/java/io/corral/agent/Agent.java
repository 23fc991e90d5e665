package io.corral.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Where the JVM comes in. An exception out of here would abort it: nothing gets out. */
public final class Agent {

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
            Startup.run(arguments == null ? "" : arguments, instrumentation, late);
        } catch (Throwable failure) {
            notActive(failure);
        }
    }

    private static void notActive(Throwable failure) {
        try {
            System.err.println(
                    "corral: not active: " + failure + ". The application runs unmetered.");
        } catch (Throwable unsayable) {
            // Not even a line; the application runs all the same.
        }
    }
}
