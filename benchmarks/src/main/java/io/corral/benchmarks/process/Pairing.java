package io.corral.benchmarks.process;

import java.util.stream.Stream;

/** What is compared. Two are measured at the same moment, each on a CPU of its own that it shares with its load. */
enum Pairing {

    /** Services that take turns. */
    NONE("0"),

    /** Two, a service and its base. */
    BASE("1"),

    /** Two with Corral, whose hooks are switched off in one of them, by turns; or one where its load is apart. */
    SWITCHED("switched"),

    /** Two with Corral, whose hooks are taken out of the JDK's classes in one of them, by turns: the base is an agent that does nothing. */
    UNWOVEN("unwoven");

    private final String word;

    Pairing(String word) {
        this.word = word;
    }

    /** Whether JVMs with Corral are compared with themselves. */
    boolean isWithItself() {
        return this == SWITCHED || this == UNWOVEN;
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
