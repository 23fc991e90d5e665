package io.corral.runtime.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A glob. {@code *} matches any text, {@code ?} matches one character, and {@code #}, if enabled,
 * matches a run of digits. It does not use the JDK's regular expressions, since a JVM may not have
 * loaded these yet. A match without captures allocates nothing.
 */
public final class Glob implements TextPattern {

    private final String glob;
    private final boolean digits;

    /** The beginning and the end of all matching texts. Most other texts differ in one of them. */
    private final String prefix;

    private final String suffix;

    /** The number of wildcards. If the only one is a star, the prefix and the suffix decide. */
    private final int wildcards;

    private final boolean hasOneStar;

    private final int stars;

    public Glob(String glob) {
        this(glob, false);
    }

    /** @param digits whether {@code #} stands for digits */
    Glob(String glob, boolean digits) {
        this.glob = glob;
        this.digits = digits;
        int first = glob.length();
        int last = -1;
        int count = 0;
        int stars = 0;
        for (int i = 0; i < glob.length(); i++) {
            if (isWildcard(glob.charAt(i))) {
                first = Math.min(first, i);
                last = i;
                count++;
                stars += glob.charAt(i) == '*' ? 1 : 0;
            }
        }
        this.prefix = glob.substring(0, first);
        this.suffix = glob.substring(last + 1);
        this.wildcards = count;
        this.hasOneStar = count == 1 && stars == 1;
        this.stars = stars;
    }

    private boolean isWildcard(char c) {
        return c == '*' || c == '?' || (digits && c == '#');
    }

    /** Whether the glob has no wildcard, so that it matches one text only. */
    boolean isOneText() {
        return wildcards == 0;
    }

    public String source() {
        return glob;
    }

    @Override
    public int groups() {
        return stars;
    }

    @Override
    public boolean matchesAll() {
        return glob.equals("*");
    }

    /** Each star captures as much as possible; the first one takes precedence. */
    @Override
    public boolean matches(String text, @Nullable List<String> captures) {
        boolean matches = matches(text);
        if (matches && captures != null && stars > 0) {
            capture(text, captures);
        }
        return matches;
    }

    /** From the end to the beginning, each star captures as little as possible. */
    private void capture(String text, List<String> captures) {
        int[] found = new int[2 * stars];
        new Glob(reversed(glob), digits).matchesFromStart(reversed(text), found);
        for (int i = 2 * stars - 2; i >= 0; i -= 2) {
            captures.add(text.substring(text.length() - found[i + 1], text.length() - found[i]));
        }
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
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
                : matchesFromStart(text, null);
    }

    /**
     * Each star matches as little as possible; the first one takes precedence.
     *
     * @param stars if not null, receives the beginning and the end of the match of each star
     */
    boolean matchesFromStart(String text, int @Nullable [] stars) {
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
                t += c == '?' ? Character.charCount(text.codePointAt(t)) : 1;
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

    /** The pattern with its kind, to compare patterns. */
    @Override
    public String toString() {
        return "glob " + glob;
    }
}
