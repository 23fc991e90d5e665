package io.corral.benchmarks;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A number that a variable of the environment sets otherwise, for a longer run or a quicker look. */
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
}
