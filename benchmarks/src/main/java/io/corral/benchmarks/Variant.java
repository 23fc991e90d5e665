package io.corral.benchmarks;

import java.util.List;

/** What a measured JVM is started with. */
public enum Variant {
    /** No agent at all. */
    BARE("no agent"),
    /** The base of what virtual threads cost: any agent makes the JVM announce their transitions. */
    EMPTY("empty agent"),
    EXACT("exact"),
    ADAPTIVE("adaptive");

    static final List<Variant> CORRAL = List.of(EXACT, ADAPTIVE);

    private final String title;

    Variant(String title) {
        this.title = title;
    }

    List<String> flags(Jars jars) {
        return switch (this) {
            case BARE -> List.of();
            case EMPTY -> List.of("-javaagent:" + jars.emptyAgent());
            case EXACT, ADAPTIVE ->
                List.of("-javaagent:" + jars.agent() + "=clock=" + title, Expectation.FLAG);
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
