package io.corral.commands.screen;

import io.corral.commands.view.Column;
import io.corral.commands.view.FittedText;
import io.corral.commands.view.Outline;
import io.corral.commands.view.Rate;
import io.corral.commands.view.Rates;
import io.corral.commands.view.Summary;
import io.corral.commands.view.Table;
import io.corral.runtime.notice.ControlCharacters;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;

/**
 * Draws on a terminal. Sends only the characters that have changed, so the screen does not flicker.
 * Uses no colours if the environment variable {@code NO_COLOR} is set.
 */
final class Canvas {

    /** The number of lines above the rows: title, summary and header. */
    private static final int LINES_ABOVE = 3;

    private static final int NARROWEST = 20;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** The lines for JVMs that could not be read. */
    private static final int MAX_PROBLEMS = 3;

    /** The most important first. A narrow terminal has two lines of them, and not all. */
    private static final List<String> KEYS = """
            q: quit
               sort by c: CPU
            , p: time
            , m: allocation
            , t: threads
            , f: starts
            , n: name
               w: who ran meanwhile
               /: filter
               h: hierarchy
               arrows, space: fold
            """.lines().toList();

    private static final int MAX_KEY_LINES = 2;

    private final Terminal terminal;
    private final Duration delay;
    private final Display display;
    private final boolean hasColours = System.getenv("NO_COLOR") == null;

    private volatile boolean isResized = true;
    private Size size;

    /** @param delay the time between two readings */
    Canvas(Terminal terminal, Duration delay) {
        this.terminal = terminal;
        this.delay = delay;
        this.display = new Display(terminal, true);
        this.size = terminal.getSize();
    }

    /** Called when the terminal's size has changed, on the thread of the signal. */
    void resized() {
        isResized = true;
    }

    /** Whether the terminal's size has changed since the last drawing. */
    boolean isResized() {
        return isResized;
    }

    int rowsShown(Rates rates) {
        Size now = terminal.getSize();
        int others = LINES_ABOVE + problems(rates).size() + keys(width(now)).size();
        return Math.max(1, now.getRows() - others);
    }

    /** @param bottom the last line, instead of the keys; empty for the keys */
    void draw(
            String title,
            Rates rates,
            List<Column> columns,
            List<Rate> rows,
            Outline outline,
            Viewport viewport,
            String bottom) {
        if (isResized) {
            isResized = false;
            size = terminal.getSize();
            display.clear();
            display.resize(size);
        }
        int width = width(size);
        Table table = Table.closeTo(rows, Column.available(columns, rates), width);
        List<AttributedString> lines = new ArrayList<>();
        lines.add(line(title(title, rates, outline, width), AttributedStyle.BOLD, width));
        String summary =
                rates.seconds() > 0 ? Summary.of(rates, width) : Summary.beforeRates(delay, width);
        lines.add(line(summary, AttributedStyle.DEFAULT, width));
        for (String problem : problems(rates)) {
            lines.add(line(ControlCharacters.escaped(problem), AttributedStyle.BOLD, width));
        }
        String header = table.header();
        header += " ".repeat(Math.max(0, width - header.length()));
        lines.add(line(header, AttributedStyle.INVERSE, width));
        int end = Math.min(rows.size(), viewport.top() + rowsShown(rates));
        for (int i = viewport.top(); i < end; i++) {
            Rate rate = rows.get(i);
            String text = table.line(rates, rate, outline.isFolded(rate));
            lines.add(line(text, style(rate, rates, i == viewport.selected()), width));
        }
        List<String> last = bottom.isEmpty() ? keys(width) : List.of(bottom);
        while (lines.size() < size.getRows() - last.size()) {
            lines.add(AttributedString.EMPTY);
        }
        last.forEach(each -> lines.add(line(each, AttributedStyle.DEFAULT, width)));
        display.update(lines, -1);
    }

    private static int width(Size size) {
        return Math.max(NARROWEST, size.getColumns());
    }

    /** One line if all keys fit into it. */
    static List<String> keys(int width) {
        List<String> lines = new ArrayList<>();
        int next = 0;
        while (next < KEYS.size() && lines.size() < MAX_KEY_LINES) {
            StringBuilder line = new StringBuilder(KEYS.get(next).replaceFirst("^[ ,]+", ""));
            next++;
            while (next < KEYS.size() && line.length() + KEYS.get(next).length() <= width) {
                line.append(KEYS.get(next));
                next++;
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static List<String> problems(Rates rates) {
        List<String> all = rates.problems();
        if (all.size() <= MAX_PROBLEMS) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, MAX_PROBLEMS - 1));
        some.add("and " + (all.size() - some.size()) + " more JVMs that can't be read");
        return some;
    }

    private static String title(String title, Rates rates, Outline outline, int width) {
        String time = TIME.format(Instant.EPOCH
                .plus(rates.reading().timeMicros(), ChronoUnit.MICROS)
                .atZone(ZoneId.systemDefault()));
        return FittedText.joined(
                width,
                List.of(
                        "corral top, " + title,
                        ", hierarchy " + rates.reading().hierarchy(),
                        ", by " + outline.order().name().toLowerCase(Locale.ROOT),
                        outline.filter().isEmpty() ? "" : ", filter " + outline.filter(),
                        ", " + time));
    }

    private AttributedStyle style(Rate rate, Rates rates, boolean isSelected) {
        AttributedStyle style = AttributedStyle.DEFAULT;
        if (hasColours && rate.row().depth() > 0) {
            double share = rates.shareOf(rate);
            if (share > 0.5) {
                style = style.foreground(AttributedStyle.RED);
            } else if (share > 0.1) {
                style = style.foreground(AttributedStyle.YELLOW);
            }
        }
        return isSelected ? style.bold().underline() : style;
    }

    private static AttributedString line(String text, AttributedStyle style, int width) {
        return new AttributedString(text, style).columnSubSequence(0, width);
    }
}
