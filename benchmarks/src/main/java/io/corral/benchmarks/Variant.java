package io.corral.benchmarks;

/** What a benchmark's JVM is started with. */
enum Variant {
    /** No agent at all. */
    BARE("no agent"),
    /** The base of what virtual threads cost: any agent makes the JVM announce their transitions. */
    EMPTY("empty agent"),
    EXACT("Corral exact"),
    ADAPTIVE("Corral adaptive");

    private final String title;

    Variant(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
