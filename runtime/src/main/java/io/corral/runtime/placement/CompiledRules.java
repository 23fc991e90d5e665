package io.corral.runtime.placement;

/** The default rules, compiled. The build replaces this class in the agent's jar. */
final class CompiledRules {

    private CompiledRules() {}

    /** The compiled rules. Empty without the agent, since no thread is placed then. */
    static String text() {
        return "";
    }
}
