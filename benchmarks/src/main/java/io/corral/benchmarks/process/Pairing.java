package io.corral.benchmarks.process;

import java.util.stream.Stream;

/** What is measured at the same moment, each with its load on a CPU of its own. */
enum Pairing {

    /** Nothing: services take turns, on all CPUs. */
    NONE("0"),

    /** A service and its base. */
    BASE("1"),

    /** Two with Corral, whose hooks are switched off in one of them, by turns. */
    SWITCHED("switched");

    private final String word;

    Pairing(String word) {
        this.word = word;
    }

    /** @param word one of {@link #words} */
    static Pairing of(String word) {
        for (Pairing pairing : values()) {
            if (pairing.word.equals(word)) {
                return pairing;
            }
        }
        throw new IllegalArgumentException(word);
    }

    /** What the variable of the environment may say, the one first that is meant if it says nothing. */
    static String[] words() {
        return Stream.of(values()).map(pairing -> pairing.word).toArray(String[]::new);
    }
}
