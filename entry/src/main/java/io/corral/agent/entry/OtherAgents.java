package io.corral.agent.entry;

/**
 * The class loaders of other agents. Their classes are none of the application's, and there are so
 * many that a rule with a plus would take a second of CPU time to read their supertypes.
 */
final class OtherAgents {

    /** Beginnings of the names of the loaders' classes. */
    private static final String[] LOADERS = {
        "io.opentelemetry.javaagent.",
        "datadog.trace.",
        "co.elastic.apm.agent.",
        "com.newrelic.",
        "org.glowroot.agent.",
        "kanela.agent."
    };

    private OtherAgents() {}

    /** @param loader the name of a loader's class */
    static boolean have(String loader) {
        for (String each : LOADERS) {
            if (loader.startsWith(each)) {
                return true;
            }
        }
        return false;
    }
}
