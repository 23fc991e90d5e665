package io.corral.opentelemetry;

import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decides once whether Corral's agent is active: when the SDK is installed if it is active then,
 * else at the first recorded span. OpenTelemetry's Java agent can stand before Corral's on the
 * command line, and installs its SDK at once.
 */
final class Activation {

    private static final String API = "io.corral.Containers";
    private static final String LOGGER = "io.corral.opentelemetry.CorralSpans";

    private Activation() {}

    /**
     * Called when the SDK is installed. The earlier, the fewer virtual threads are not followed.
     */
    static void decideIfActive() {
        if (isActive()) {
            spans();
        }
    }

    /** Null if Corral's agent is not active. */
    static @Nullable OpenSpans spans() {
        return Decision.SPANS;
    }

    /** The agent brings the API, so that it may be absent, and be there later. */
    private static boolean isActive() {
        try {
            Class.forName(API, false, Activation.class.getClassLoader());
            return Corral.isActive();
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    /** Its class is initialized when it is first asked for. */
    private static final class Decision {

        static final @Nullable OpenSpans SPANS = decide();

        private static @Nullable OpenSpans decide() {
            Logger logger = Logger.getLogger(LOGGER);
            if (!isActive()) {
                logger.info("corral: spans have no container and no usage, since Corral's agent is"
                        + " not active: start the JVM with -javaagent:corral-agent.jar");
                return null;
            }
            try {
                return Corral.openSpans();
            } catch (LinkageError | RuntimeException e) {
                logger.warning("corral: spans have no container and no usage, since this version"
                        + " of corral-opentelemetry.jar does not fit Corral's agent: " + e);
                return null;
            }
        }
    }
}
