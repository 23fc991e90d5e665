package io.corral.examples.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of at most 100 columns. The first cell is aligned to the left, the others to the right.
 */
final class TextTable {

    private static final int FIRST_COLUMN = 30;
    private static final String CUT = "...";

    private final int width;
    private final List<String> lines = new ArrayList<>();

    /** @param width of each column but the first */
    TextTable(int width, String... head) {
        this.width = width;
        row(head);
        lines.add("-".repeat(FIRST_COLUMN + (head.length - 1) * width));
    }

    TextTable row(String... cells) {
        StringBuilder line = new StringBuilder(cut(cells[0]));
        for (int i = 1; i < cells.length; i++) {
            int blanks = FIRST_COLUMN + i * width - line.length() - cells[i].length();
            line.append(" ".repeat(Math.max(1, blanks))).append(cells[i]);
        }
        lines.add(line.toString().stripTrailing());
        return this;
    }

    TextTable gap() {
        lines.add("");
        return this;
    }

    /** Cuts out the middle, since similar containers differ in their last characters. */
    private static String cut(String name) {
        if (name.length() <= FIRST_COLUMN) {
            return name;
        }
        int end = (FIRST_COLUMN - CUT.length()) / 2;
        int begin = FIRST_COLUMN - CUT.length() - end;
        return name.substring(0, begin) + CUT + name.substring(name.length() - end);
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
