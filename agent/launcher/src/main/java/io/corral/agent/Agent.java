package io.corral.agent;

import io.corral.launcher.AgentLoader;
import io.corral.launcher.AgentStarter;
import io.corral.options.EscapedLine;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * The entry point that the JVM calls. An exception would abort the JVM, so this class catches all
 * exceptions.
 */
public final class Agent {

    /** Null until the agent is loaded. Guarded by this class. */
    private static @Nullable AgentStarter start;

    private Agent() {}

    /** {@code -javaagent:corral-agent.jar=key=value,…} */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation, false);
    }

    /** Called when the agent is loaded into a running JVM. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation, true);
    }

    private static void start(
            @Nullable String arguments, Instrumentation instrumentation, boolean isLate) {
        try {
            loaded().run(arguments == null ? "" : arguments, instrumentation, isLate);
        } catch (Throwable failure) {
            notActive(failure, isLate);
        }
    }

    private static synchronized AgentStarter loaded() throws Exception {
        AgentStarter known = start;
        if (known == null) {
            known = new AgentLoader().newStarter();
            start = known;
        }
        return known;
    }

    /** Without permissions, the initializer of a class is what fails first. */
    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof ExceptionInInitializerError ? failure.getCause() : failure;
        return cause instanceof SecurityException
                ? "the security manager refuses: " + cause.getMessage()
                        + "; grant the agent's jar java.security.AllPermission"
                : String.valueOf(cause);
    }

    /** Prints the reason at any value of the option {@code log}, since no option has been read. */
    private static void notActive(Throwable failure, boolean isLate) {
        try {
            String line = EscapedLine.of(
                    "not active: " + reason(failure) + ". The application runs unmetered.");
            System.err.println("corral: " + line);
            if (isLate) {
                System.setProperty(AgentStarter.MESSAGES_PROPERTY, line);
            }
        } catch (Throwable unsayable) {
            // The line cannot be printed; the application runs nevertheless.
        }
    }
}
