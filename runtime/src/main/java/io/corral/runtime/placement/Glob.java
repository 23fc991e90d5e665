package io.corral.runtime.placement;

import org.jspecify.annotations.Nullable;

/**
 * Globs, without the JDK's regular expressions, which a JVM may not have loaded yet. {@code *} is
 * any text, as little as possible, {@code ?} is a character, and {@code #}, if asked for, is all
 * the digits that stand together.
 */
final class Glob {

    private Glob() {}

    /** Without {@code #}. Allocates nothing. */
    static boolean matches(String glob, String text) {
        return matches(glob, text, false, null);
    }

    /**
     * @param digits whether {@code #} stands for digits
     * @param stars receives the begin and the end of what each star has matched, if not null
     */
    static boolean matches(String glob, String text, boolean digits, int @Nullable [] stars) {
        int g = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        int found = 0;
        while (true) {
            if (g == glob.length() && t == text.length()) {
                return true;
            }
            char c = g < glob.length() ? glob.charAt(g) : '\0';
            if (g < glob.length() && c == '*') {
                if (g == glob.length() - 1) {
                    record(stars, found, t, text.length());
                    return true;
                }
                star = g++;
                retry = t;
                record(stars, found++, t, t);
            } else if (digits && c == '#' && t < text.length() && isDigit(text.charAt(t))) {
                g++;
                while (t < text.length() && isDigit(text.charAt(t))) {
                    t++;
                }
            } else if (g < glob.length()
                    && t < text.length()
                    && (c == '?' || (c == text.charAt(t) && !(digits && c == '#')))) {
                g++;
                t++;
            } else if (star < 0 || retry == text.length()) {
                return false;
            } else {
                g = star + 1;
                t = ++retry;
                setEnd(stars, found - 1, t);
            }
        }
    }

    private static void record(int @Nullable [] stars, int star, int begin, int end) {
        if (stars != null && 2 * star + 1 < stars.length) {
            stars[2 * star] = begin;
            stars[2 * star + 1] = end;
        }
    }

    private static void setEnd(int @Nullable [] stars, int star, int end) {
        if (stars != null && 2 * star + 1 < stars.length) {
            stars[2 * star + 1] = end;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
