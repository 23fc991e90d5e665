package io.corral.benchmarks;

import io.corral.Containers;

/** What a measured JVM has to be like: the cost of an agent that is not there would look splendid. */
public final class Expectation {

    private static final String ACTIVE = "bench.active";

    /** A JVM's flag that says the agent has to be active there. */
    static final String FLAG = "-D" + ACTIVE + "=true";

    private Expectation() {}

    /** @throws IllegalStateException if the agent should be active in this JVM and is not */
    public static void check() {
        if (Boolean.getBoolean(ACTIVE) && !Containers.isActive()) {
            throw new IllegalStateException("the agent is not active");
        }
    }
}
