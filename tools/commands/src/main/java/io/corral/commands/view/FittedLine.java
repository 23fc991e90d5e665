package io.corral.commands.view;

import java.util.List;

/** A line for a terminal that may be narrow. */
public final class FittedLine {

    private FittedLine() {}

    /**
     * Joins the parts up to the first one that does not fit. So a line ends with a whole number.
     *
     * @param parts in order of their importance, each with what separates it from the one before
     */
    public static String of(int width, List<String> parts) {
        StringBuilder line = new StringBuilder();
        int left = width;
        for (String part : parts) {
            left -= Table.columns(part);
            if (left < 0 && !line.isEmpty()) {
                break;
            }
            line.append(part);
        }
        return line.toString();
    }
}
