package io.corral.methods;

/**
 * The class loaders of other agents. Their classes do not belong to the application. To read the
 * supertypes of so many classes would take a second of CPU time for a rule with a plus.
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
