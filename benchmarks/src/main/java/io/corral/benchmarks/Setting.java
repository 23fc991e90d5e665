package io.corral.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a variable of the environment sets otherwise, for a longer run or a quicker look. */
public final class Setting {

    private static final String PREFIX = "CORRAL_BENCH_";

    static final Set<String> KNOWN = new TreeSet<>(List.of(
            "CORRAL_BENCH_COLD",
            "CORRAL_BENCH_ENTER",
            "CORRAL_BENCH_HELLOS",
            "CORRAL_BENCH_LAUNCHES",
            "CORRAL_BENCH_LOAD",
            "CORRAL_BENCH_PAIRS",
            "CORRAL_BENCH_PLACEMENTS",
            "CORRAL_BENCH_POOLS",
            "CORRAL_BENCH_RECORDED",
            "CORRAL_BENCH_REQUESTS",
            "CORRAL_BENCH_ROOT",
            "CORRAL_BENCH_ROUNDS",
            "CORRAL_BENCH_RULES",
            "CORRAL_BENCH_SCOPES",
            "CORRAL_BENCH_SPRINGS",
            "CORRAL_BENCH_TASKS",
            "CORRAL_BENCH_VIRTUAL",
            "CORRAL_BENCH_WARM",
            "CORRAL_BENCH_WINDOWS"));

    private Setting() {}

    /** @throws IllegalArgumentException if a variable is one that nobody reads: it would change nothing, in an hour's run */
    public static void check(Map<String, String> environment) {
        for (String variable : environment.keySet()) {
            if (variable.startsWith(PREFIX)) {
                checkKnown(variable);
            }
        }
    }

    private static void checkKnown(String variable) {
        if (!KNOWN.contains(variable)) {
            throw new IllegalArgumentException(
                    "no " + variable + " is known; expected one of " + String.join(", ", KNOWN));
        }
    }

    /** @throws IllegalArgumentException if the variable is no number, or below 1 */
    public static int of(Map<String, String> environment, String variable, int unlessSet) {
        checkKnown(variable);
        @Nullable String value = environment.get(variable);
        if (value == null) {
            return unlessSet;
        }
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(
                    variable + " is \"" + value + "\"; expected a number from 1 on");
        }
        return Integer.parseInt(value);
    }

    /**
     * One of some words.
     *
     * @return the first of {@code choices} if the variable is not set
     * @throws IllegalArgumentException if the variable is none of them
     */
    public static String oneOf(
            Map<String, String> environment, String variable, String... choices) {
        checkKnown(variable);
        String value = environment.getOrDefault(variable, choices[0]);
        if (!List.of(choices).contains(value)) {
            throw new IllegalArgumentException(variable + " is \"" + value + "\"; expected one of "
                    + String.join(", ", choices));
        }
        return value;
    }
}
