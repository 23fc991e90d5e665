package io.corral.benchmarks.memory;

/** What a thread has done before it is parked. */
public enum Habit {
    /** Nothing: it never left its container. */
    STAYS("stays"),
    /** It was in another container for a while. */
    SWITCHED("has switched"),
    /** It was in another container many times, for some nanoseconds each. */
    SWITCHED_OFTEN("has switched often"),
    /** It was in another container, and ran and was read a few times. */
    READ("has switched and was read"),
    /** It is in another container. */
    INSIDE("is inside a scope");

    /** What it is said to have done. */
    public final String words;

    Habit(String words) {
        this.words = words;
    }
}
