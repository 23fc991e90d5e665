package io.corral.benchmarks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a variable of the environment sets otherwise, for a longer run or a quicker look. */
public final class Setting {

    private Setting() {}

    /** @throws IllegalArgumentException if the variable is no number, or below 1 */
    public static int of(Map<String, String> environment, String variable, int unlessSet) {
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
        String value = environment.getOrDefault(variable, choices[0]);
        if (!List.of(choices).contains(value)) {
            throw new IllegalArgumentException(variable + " is \"" + value + "\"; expected one of "
                    + String.join(", ", choices));
        }
        return value;
    }
}
