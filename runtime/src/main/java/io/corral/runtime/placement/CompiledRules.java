package io.corral.runtime.placement;

/** The default rules, compiled. The build replaces this class in the agent's jar. */
final class CompiledRules {

    private CompiledRules() {}

    /** Empty where the agent is absent: no thread is placed there. */
    static String text() {
        return "";
    }
}
