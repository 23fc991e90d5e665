package io.corral.benchmarks.harness;

import io.corral.Containers;

/** Ends a measured JVM in which Corral is not active although it should be, or the reverse. */
public final class ExpectedAgent {

    private static final String PROPERTY = "corral.bench.active";

    private ExpectedAgent() {}

    static String flag(boolean isActive) {
        return "-D" + PROPERTY + "=" + isActive;
    }

    /** @throws IllegalStateException if this JVM was not started as intended */
    public static void check() {
        if (Boolean.getBoolean(PROPERTY) != Containers.isActive()) {
            throw new IllegalStateException("Corral is " + (Containers.isActive() ? "" : "not ")
                    + "active; expected the opposite");
        }
    }
}
