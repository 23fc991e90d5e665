package io.corral.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What a measured JVM is started with. */
public enum Variant {
    /** No agent at all. */
    BARE("no agent"),
    /** The base of what virtual threads cost: any agent makes the JVM announce their transitions. */
    EMPTY("empty agent"),
    EXACT("exact"),
    ADAPTIVE("adaptive"),
    /** Woven, warmed up with its hooks on, and switched off then: what woven code costs that does nothing. */
    SWITCHED_OFF("Corral switched off");

    static final List<Variant> CORRAL = List.of(EXACT, ADAPTIVE);

    /** With the base of what virtual threads, memory and cold scopes cost. */
    static final List<Variant> CORRAL_AND_EMPTY = List.of(EMPTY, EXACT, ADAPTIVE);

    /** With the bases of what Corral costs. */
    static final List<Variant> CORRAL_AND_BASES = List.of(BARE, EMPTY, EXACT, ADAPTIVE);

    private final String title;

    Variant(String title) {
        this.title = title;
    }

    List<String> flags(Jars jars) {
        return switch (this) {
            case BARE -> List.of();
            case EMPTY -> List.of("-javaagent:" + jars.emptyAgent());
            case EXACT, ADAPTIVE -> corral(jars, title);
            case SWITCHED_OFF -> {
                List<String> flags = new ArrayList<>(corral(jars, EXACT.title));
                flags.add("-javaagent:" + jars.switchAgent());
                yield flags;
            }
        };
    }

    private static List<String> corral(Jars jars, String clock) {
        return List.of("-javaagent:" + jars.agent() + "=clock=" + clock, Expectation.FLAG);
    }

    @Override
    public String toString() {
        return title;
    }
}
