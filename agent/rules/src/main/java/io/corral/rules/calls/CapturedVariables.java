package io.corral.rules.calls;

import java.util.List;

/**
 * The variables that a lambda has captured, which precede its arguments.
 *
 * @param names empty texts without debug information
 */
public record CapturedVariables(List<String> names) {

    /** Those of a method that is no lambda. */
    public static final CapturedVariables NONE = new CapturedVariables(List.of());

    private static final String NUMBER = "[0-9]{1,2}";

    /**
     * The index of a variable; negative if the lambda has not captured it.
     *
     * @param variable a name, or a number from 0
     */
    public int index(String variable) {
        if (!variable.matches(NUMBER)) {
            return names.indexOf(variable);
        }
        int number = Integer.parseInt(variable);
        return number < names.size() ? number : -1;
    }

    /** For a message. */
    @Override
    public String toString() {
        if (names.isEmpty()) {
            return "nothing";
        }
        return names.contains("")
                ? names.size() + " without their names: write {captured.0} for the first one"
                : String.join(", ", names);
    }
}
