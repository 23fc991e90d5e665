package io.corral.commands.view;

import java.util.List;
import org.jline.utils.WCWidth;

/** Text for a terminal that may be narrow. */
public final class FittedText {

    /** Replaces the middle of a name that is too long. */
    private static final String CUT = "...";

    private FittedText() {}

    /**
     * Joins the parts up to the first one that does not fit. So a line ends with a whole number.
     *
     * @param parts in order of their importance, each with what separates it from the one before
     */
    public static String joined(int width, List<String> parts) {
        StringBuilder line = new StringBuilder();
        int left = width;
        for (String part : parts) {
            left -= columns(part);
            if (left < 0 && !line.isEmpty()) {
                break;
            }
            line.append(part);
        }
        return line.toString();
    }

    /** Shortens a text to {@code width} columns: keeps its beginning and its end. */
    public static String shortened(String text, int width) {
        if (columns(text) <= width) {
            return text;
        }
        int[] points = text.codePoints().toArray();
        int kept = Math.max(0, width - CUT.length());
        int head = 0;
        for (int used = columns(points[0]); used <= (kept + 1) / 2; used += columns(points[head])) {
            head++;
        }
        int tail = points.length;
        for (int used = columns(points[tail - 1]);
                used <= kept / 2;
                used += columns(points[tail - 1])) {
            tail--;
        }
        return new String(points, 0, head) + CUT + new String(points, tail, points.length - tail);
    }

    /**
     * The width of a text on a terminal. Some characters take two columns, and others take no
     * column.
     */
    static int columns(String text) {
        return text.codePoints().map(FittedText::columns).sum();
    }

    private static int columns(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }
}
