package io.corral.runtime.placement;

import org.jspecify.annotations.Nullable;

/**
 * A glob. {@code *} matches any text, as little as possible, {@code ?} matches one character, and
 * {@code #}, if enabled, matches a run of digits. It does not use the JDK's regular expressions,
 * since a JVM may not have loaded these yet. A match allocates nothing.
 */
final class Glob {

    private final String glob;
    private final boolean digits;

    /** The beginning and the end of all matching texts. Most other texts differ in one of them. */
    private final String prefix;

    private final String suffix;

    /** The number of wildcards. If the only one is a star, the prefix and the suffix decide. */
    private final int wildcards;

    private final boolean hasOneStar;

    /** @param digits whether {@code #} stands for digits */
    Glob(String glob, boolean digits) {
        this.glob = glob;
        this.digits = digits;
        int first = glob.length();
        int last = -1;
        int count = 0;
        for (int i = 0; i < glob.length(); i++) {
            if (isWildcard(glob.charAt(i))) {
                first = Math.min(first, i);
                last = i;
                count++;
            }
        }
        this.prefix = glob.substring(0, first);
        this.suffix = glob.substring(last + 1);
        this.wildcards = count;
        this.hasOneStar = count == 1 && glob.charAt(first) == '*';
    }

    private boolean isWildcard(char c) {
        return c == '*' || c == '?' || (digits && c == '#');
    }

    /** Whether the glob has no wildcard, so that it matches one text only. */
    boolean isOneText() {
        return wildcards == 0;
    }

    boolean matches(String text) {
        if (wildcards == 0) {
            return glob.equals(text);
        }
        if (!text.startsWith(prefix) || !text.endsWith(suffix)) {
            return false;
        }
        return hasOneStar
                ? text.length() >= prefix.length() + suffix.length()
                : matches(text, null);
    }

    /** @param stars if not null, receives the beginning and the end of the match of each star */
    boolean matches(String text, int @Nullable [] stars) {
        int g = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        int found = 0;
        while (g < glob.length() || t < text.length()) {
            char c = g < glob.length() ? glob.charAt(g) : '\0';
            if (c == '*') {
                star = g++;
                retry = g == glob.length() ? text.length() : t;
                record(stars, found++, t, retry);
                t = retry;
            } else if (digits && c == '#' && t < text.length() && isDigit(text.charAt(t))) {
                g++;
                t = afterDigits(text, t);
            } else if (t < text.length()
                    && g < glob.length()
                    && (c == '?' || (c == text.charAt(t) && !isWildcard(c)))) {
                g++;
                t++;
            } else {
                retry = star < 0 ? -1 : next(text, glob.charAt(star + 1), retry + 1);
                if (retry < 0) {
                    return false;
                }
                g = star + 1;
                t = retry;
                record(stars, found - 1, -1, retry);
            }
        }
        return true;
    }

    /** The next position at which the text after a star may begin; -1 if there is none. */
    private int next(String text, char following, int from) {
        if (isWildcard(following)) {
            return from <= text.length() ? from : -1;
        }
        return text.indexOf(following, from);
    }

    /** @param begin -1 to keep the recorded beginning */
    private static void record(int @Nullable [] stars, int star, int begin, int end) {
        if (stars != null && 2 * star + 1 < stars.length) {
            stars[2 * star] = begin < 0 ? stars[2 * star] : begin;
            stars[2 * star + 1] = end;
        }
    }

    private static int afterDigits(String text, int from) {
        int t = from;
        while (t < text.length() && isDigit(text.charAt(t))) {
            t++;
        }
        return t;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
