package io.corral.commands.view;

import io.corral.commands.reading.Row;
import io.corral.runtime.notice.ControlCharacters;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes rows as lines of a given width. Columns that do not fit are left out, the last ones first.
 */
public final class Table {

    private static final int SHORTEST_NAME = 20;
    private static final int INDENT = 2;

    /** A wide terminal shows names of this width. For longer ones it is widened in steps. */
    private static final int USUAL_NAME = 40;

    private static final int STEP = 10;
    private static final String FOLDED = " [+]";
    private final List<Column> columns = new ArrayList<>();

    private final int nameWidth;

    /** The columns that are left for a text at the end of the line. */
    private final int textWidth;

    /**
     * A table that takes the whole width.
     *
     * @param wanted the columns, the most important first
     */
    public Table(List<Column> wanted, int width) {
        this(wanted, width, width);
    }

    /** A table whose columns stand close to the names of these rows. */
    public static Table closeTo(List<Rate> rows, List<Column> wanted, int width) {
        int longest = rows.stream()
                .map(Rate::row)
                .mapToInt(row ->
                        INDENT * row.depth() + FittedText.columns(name(row)) + FOLDED.length())
                .max()
                .orElse(0);
        int steps = Math.max(0, longest - USUAL_NAME + STEP - 1) / STEP;
        return new Table(wanted, width, USUAL_NAME + STEP * steps);
    }

    private Table(List<Column> wanted, int width, int widestName) {
        int rest = width - SHORTEST_NAME;
        for (Column column : wanted) {
            if (rest > column.width()) {
                columns.add(column);
                rest -= column.width() + 1;
            }
        }
        boolean hasText = columns.stream().anyMatch(Column::isText);
        nameWidth = Math.min(
                SHORTEST_NAME + rest, hasText ? Math.min(USUAL_NAME, widestName) : widestName);
        textWidth = SHORTEST_NAME + rest - nameWidth;
    }

    public String header() {
        StringBuilder line = new StringBuilder(left("CONTAINER", nameWidth));
        for (Column column : columns) {
            line.append(' ')
                    .append(
                            column.isText()
                                    ? column.title()
                                    : right(column.title(), column.width()));
        }
        return line.toString();
    }

    /** @param isFolded whether to mark that the children of the row are hidden */
    public String line(Rates rates, Rate rate, boolean isFolded) {
        Row row = rate.row();
        String indent = " ".repeat(Math.min(INDENT * row.depth(), nameWidth / 2));
        String name = name(row) + (isFolded ? FOLDED : "");
        StringBuilder line = new StringBuilder(
                left(indent + FittedText.shortened(name, nameWidth - indent.length()), nameWidth));
        for (Column column : columns) {
            line.append(' ')
                    .append(
                            column.isText()
                                    ? fitted(Column.parts(rates, rate), column.width() + textWidth)
                                    : right(column.text(rates, rate), column.width()));
        }
        return line.toString();
    }

    /** As many parts as there is room for; at least the first one, which is shortened. */
    private static String fitted(List<String> parts, int width) {
        return FittedText.shortened(FittedText.joined(width, parts), width);
    }

    private static String name(Row row) {
        return ControlCharacters.escaped(row.name());
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - FittedText.columns(text)));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
