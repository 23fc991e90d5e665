package io.corral.methods;

/**
 * The class loaders of Corral and of other agents. Their classes do not belong to the application.
 * To read the supertypes of so many classes would take a second of CPU time for a rule with a plus.
 */
final class AgentLoaders {

    /** Beginnings of the names of the loaders' classes. */
    private static final String[] LOADERS = {
        "io.corral.launcher.",
        "io.corral.start.",
        "io.opentelemetry.javaagent.",
        "datadog.trace.",
        "co.elastic.apm.agent.",
        "com.newrelic.",
        "org.glowroot.agent.",
        "kanela.agent."
    };

    private AgentLoaders() {}

    /** @param loader the name of a loader's class */
    static boolean contain(String loader) {
        for (String each : LOADERS) {
            if (loader.startsWith(each)) {
                return true;
            }
        }
        return false;
    }
}
