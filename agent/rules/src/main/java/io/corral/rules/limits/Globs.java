package io.corral.rules.limits;

import io.corral.runtime.placement.Glob;

/** Compares globs, in which {@code *} is any text and {@code ?} is one character. */
final class Globs {

    /** A character that only a wildcard matches, since names have none such. */
    private static final String UNNAMED = "\u0000";

    private Globs() {}

    /**
     * Whether {@code some} matches all names that {@code other} matches. The stars of {@code other}
     * are tried as no text, and as one so long that only a star of {@code some} matches it.
     */
    static boolean covers(String some, String other) {
        Glob glob = new Glob(some);
        String pattern = other.replace("?", UNNAMED);
        return glob.matches(pattern.replace("*", ""), null)
                && glob.matches(pattern.replace("*", UNNAMED.repeat(some.length() + 1)), null);
    }

    /** Whether there is a name that both match. */
    static boolean mayMatchTheSame(String some, String other) {
        int length = other.length();
        // Whether the rest of one from here on and the rest of the other have a name in common.
        boolean[] next = new boolean[length + 1];
        for (int i = some.length(); i >= 0; i--) {
            boolean[] now = new boolean[length + 1];
            for (int k = length; k >= 0; k--) {
                char a = i < some.length() ? some.charAt(i) : 0;
                char b = k < length ? other.charAt(k) : 0;
                if (a == 0 && b == 0) {
                    now[k] = true;
                } else if (a == '*') {
                    now[k] = next[k] || (k < length && now[k + 1]);
                } else if (b == '*') {
                    now[k] = now[k + 1] || (i < some.length() && next[k]);
                } else {
                    now[k] = a != 0 && b != 0 && (a == b || a == '?' || b == '?') && next[k + 1];
                }
            }
            next = now;
        }
        return next[0];
    }
}
