package io.corral.commands.screen;

import io.corral.commands.view.Column;
import io.corral.commands.view.Order;
import io.corral.commands.view.Outline;
import io.corral.commands.view.Rate;
import io.corral.commands.view.RateSource;
import io.corral.commands.view.Rates;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The full-screen view. It takes a reading, draws it, and handles keys until the next reading is
 * due.
 */
public final class Screen {

    private static final int PAGE = 10;

    /** The longest time until a signal is noticed. */
    private static final long LONGEST_WAIT_MILLIS = 200;

    private static final int DELETE = 0x7f;
    private static final int ESCAPE = 0x1b;

    private final RateSource source;
    private final Outline outline;
    private final List<Column> columns;
    private final List<Column> columnsOfWaits;
    private final Duration delay;
    private final Viewport viewport = new Viewport();

    private String hierarchy;
    private Rates rates;
    private List<Rate> rows = List.of();

    /** The text that is being typed after {@code /}; null if the user is not typing one. */
    private @Nullable StringBuilder typed;

    /** The answer to a key, until the next reading; empty if there is none. */
    private String answer = "";

    private boolean showsMeanwhile;

    private volatile boolean isQuit;

    /**
     * @param columnsOfWaits those that are shown with {@link Key#MEANWHILE}
     * @param showsMeanwhile whether they are shown first
     * @throws IOException if the source can't be read
     */
    public Screen(
            RateSource source,
            Outline outline,
            List<Column> columns,
            List<Column> columnsOfWaits,
            boolean showsMeanwhile,
            String hierarchy,
            Duration delay)
            throws IOException, InterruptedException {
        this.source = source;
        this.outline = outline;
        this.columns = columns;
        this.columnsOfWaits = columnsOfWaits;
        this.showsMeanwhile = showsMeanwhile && source.wantMeanwhile(true);
        this.hierarchy = hierarchy;
        this.delay = delay;
        this.rates = source.next(hierarchy);
    }

    /**
     * Shows readings until the user quits.
     *
     * @param readings the number of readings after which the view ends
     * @return false if there is no terminal that can show the view; then nothing was shown
     * @throws IOException if the source can no longer be read; the terminal is restored then
     */
    public boolean show(int readings) throws IOException, InterruptedException {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                return false;
            }
            Attributes attributes = terminal.enterRawMode();
            terminal.handle(Terminal.Signal.INT, signal -> isQuit = true);
            // Otherwise the JVM would end without restoring the terminal.
            Object formerly = Signals.register("TERM", () -> isQuit = true);
            Canvas canvas = new Canvas(terminal, delay);
            terminal.handle(Terminal.Signal.WINCH, signal -> canvas.resized());
            terminal.puts(Capability.enter_ca_mode);
            terminal.puts(Capability.cursor_invisible);
            try {
                run(terminal, canvas, readings);
            } finally {
                terminal.puts(Capability.exit_ca_mode);
                terminal.puts(Capability.cursor_normal);
                terminal.setAttributes(attributes);
                terminal.flush();
                Signals.unregister("TERM", formerly);
            }
            return true;
        }
    }

    private void run(Terminal terminal, Canvas canvas, int readings)
            throws IOException, InterruptedException {
        BindingReader reader = new BindingReader(terminal.reader());
        KeyMap<Key> keys = Key.on(terminal);
        for (int i = 0; i < readings && !isQuit; i++) {
            if (i > 0) {
                read();
            }
            long due = System.nanoTime() + delay.toNanos();
            draw(canvas);
            for (long left = delay.toNanos(); left > 0 && !isQuit; left = due - System.nanoTime()) {
                if (handleKey(reader, keys, left) || canvas.isResized()) {
                    draw(canvas);
                }
            }
        }
    }

    private void read() throws IOException, InterruptedException {
        rates = source.next(hierarchy);
        answer = "";
    }

    private void draw(Canvas canvas) {
        String selected = rows.isEmpty() ? "/" : selected().key();
        rows = outline.rows(rates.rows());
        // Keeps the same container selected, even if the order of the rows has changed.
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).key().equals(selected)) {
                viewport.select(i);
            }
        }
        viewport.fit(rows.size(), canvas.rowsShown(rates));
        canvas.draw(
                source.title(),
                rates,
                showsMeanwhile ? columnsOfWaits : columns,
                rows,
                outline,
                viewport,
                typed == null ? answer : "/" + typed);
    }

    /**
     * Waits for a key, at most {@code nanos} nanoseconds, and handles it.
     *
     * @return whether a key was pressed
     */
    private boolean handleKey(BindingReader reader, KeyMap<Key> keys, long nanos)
            throws IOException, InterruptedException {
        long millis = Math.min(LONGEST_WAIT_MILLIS, Duration.ofNanos(nanos).toMillis());
        // At least 1 ms, since 0 means to wait without a limit.
        int next = reader.peekCharacter(Math.max(1, millis));
        if (next == NonBlockingReader.EOF) {
            isQuit = true;
        } else if (next >= 0 && typed != null) {
            type(typed, reader.readCharacter());
        } else if (next >= 0) {
            Key key = reader.readBinding(keys, null, false);
            if (key != null) {
                perform(key);
            }
        }
        return next >= 0;
    }

    private void type(StringBuilder text, int character) {
        switch (character) {
            case '\r', '\n' -> typed = null;
            case DELETE, '\b' -> text.setLength(Math.max(0, text.length() - 1));
            case ESCAPE -> {
                text.setLength(0);
                typed = null;
            }
            default -> text.appendCodePoint(character);
        }
        outline.filter(text.toString());
    }

    private void perform(Key key) throws IOException, InterruptedException {
        switch (key) {
            case UP -> viewport.move(-1);
            case DOWN -> viewport.move(1);
            case PAGE_UP -> viewport.move(-PAGE);
            case PAGE_DOWN -> viewport.move(PAGE);
            case FIRST -> viewport.select(0);
            case LAST -> viewport.select(Integer.MAX_VALUE);
            case FOLD -> fold(true);
            case UNFOLD -> fold(false);
            case TOGGLE -> fold(!rows.isEmpty() && !outline.isFolded(selected()));
            case BY_CPU -> outline.order(Order.CPU);
            case BY_TIME -> outline.order(Order.TIME);
            case BY_ALLOCATION -> outline.order(Order.ALLOCATION);
            case BY_THREADS -> outline.order(Order.THREADS);
            case BY_STARTS -> outline.order(Order.STARTS);
            case BY_THROTTLED -> outline.order(Order.THROTTLED);
            case BY_NAME -> outline.order(Order.NAME);
            case MEANWHILE -> showMeanwhile();
            case FILTER -> typed = new StringBuilder();
            case NO_FILTER -> outline.filter("");
            case HIERARCHY -> nextHierarchy();
            case QUIT -> isQuit = true;
        }
    }

    private void showMeanwhile() throws IOException, InterruptedException {
        if (!source.wantMeanwhile(!showsMeanwhile)) {
            answer = source.title() + " does not say who ran while containers waited";
            return;
        }
        showsMeanwhile = !showsMeanwhile;
        read();
    }

    private void fold(boolean hide) {
        if (!rows.isEmpty()) {
            outline.fold(selected(), hide);
        }
    }

    private Rate selected() {
        return rows.get(Math.max(0, Math.min(viewport.selected(), rows.size() - 1)));
    }

    private void nextHierarchy() throws IOException, InterruptedException {
        List<String> all = source.hierarchies();
        if (all.size() <= 1) {
            answer = hierarchy + " is the only hierarchy";
            return;
        }
        hierarchy = all.get((all.indexOf(hierarchy) + 1) % all.size());
        outline.root("/");
        read();
    }
}
