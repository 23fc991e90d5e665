package io.corral.runtime.notice;

import java.util.Locale;

/**
 * Invisible characters that change how the text around them is shown: control characters, line and
 * paragraph separators, and format characters such as those that change the direction of text. The
 * two zero-width joiners are not included, since scripts and emojis need them. A lone surrogate is
 * included: it is half a character, and encodings replace it by {@code ?}.
 */
public final class ControlCharacters {

    private static final int CATEGORIES = 1 << Character.CONTROL
            | 1 << Character.FORMAT
            | 1 << Character.LINE_SEPARATOR
            | 1 << Character.PARAGRAPH_SEPARATOR
            | 1 << Character.SURROGATE;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private ControlCharacters() {}

    public static boolean contain(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint < ' ' || codePoint == 0x7f;
        }
        return (CATEGORIES >> Character.getType(codePoint) & 1) != 0
                && codePoint != ZERO_WIDTH_NON_JOINER
                && codePoint != ZERO_WIDTH_JOINER;
    }

    /** The index of the first such character in a text; -1 if there is none. */
    public static int indexIn(String text) {
        int next;
        for (int i = 0; i < text.length(); i = next) {
            int codePoint = text.codePointAt(i);
            next = i + Character.charCount(codePoint);
            if (contain(codePoint)) {
                return i;
            }
        }
        return -1;
    }

    /** The text with an escape, such as {@code \u202e}, for each such character. */
    public static String escaped(String text) {
        int first = indexIn(text);
        if (first < 0) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        int next;
        for (int i = first; i < text.length(); i = next) {
            int codePoint = text.codePointAt(i);
            next = i + Character.charCount(codePoint);
            if (!contain(codePoint)) {
                escaped.appendCodePoint(codePoint);
            } else if (codePoint == '\n') {
                escaped.append("\\n");
            } else {
                for (int j = i; j < next; j++) {
                    String hex = Integer.toHexString(0x10000 | text.charAt(j));
                    escaped.append("\\u").append(hex, 1, hex.length());
                }
            }
        }
        return escaped.toString();
    }

    /** The name of such a character for messages: {@code control character U+202E}. */
    public static String named(int codePoint) {
        String hex = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
        return (Character.getType(codePoint) == Character.SURROGATE
                        ? "lone surrogate"
                        : "control character")
                + " U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
    }
}
