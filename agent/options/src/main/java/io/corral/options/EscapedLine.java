package io.corral.options;

/**
 * Escapes control and format characters and lone surrogates in lines that are printed before the
 * runtime is loaded. The runtime's {@code ControlCharacters} does the same for its own lines.
 */
public final class EscapedLine {

    private static final int CONTROL = 1 << Character.CONTROL
            | 1 << Character.FORMAT
            | 1 << Character.LINE_SEPARATOR
            | 1 << Character.PARAGRAPH_SEPARATOR
            | 1 << Character.SURROGATE;

    /** Scripts and emojis need the two joiners. */
    private static final String JOINERS = "\u200c\u200d";

    private EscapedLine() {}

    /** The text with an escape, such as {@code \u202e}, for each of these characters. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        int next;
        for (int i = 0; i < text.length(); i = next) {
            int codePoint = text.codePointAt(i);
            next = i + Character.charCount(codePoint);
            if ((CONTROL >> Character.getType(codePoint) & 1) == 0
                    || JOINERS.indexOf(codePoint) >= 0) {
                line.appendCodePoint(codePoint);
            } else if (codePoint == '\n') {
                line.append("\\n");
            } else {
                for (int j = i; j < next; j++) {
                    String hex = Integer.toHexString(0x10000 | text.charAt(j));
                    line.append("\\u").append(hex, 1, hex.length());
                }
            }
        }
        return line.toString();
    }
}
