package io.corral.runtime.notice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines for the user on standard error, {@code corral: …}. No logging framework: applications
 * configure theirs in {@code main}, after the agent has started.
 */
public final class Log {

    /** How much is logged, from nothing to everything. */
    public enum Level {
        OFF,
        ERROR,
        INFO,
        DEBUG
    }

    private static volatile Level level = Level.ERROR;

    /**
     * During the start of an agent that is attached: the lines for the process that attaches it.
     */
    private static volatile @Nullable List<String> copy;

    private Log() {}

    /** Sets the level, and returns the previous level. */
    public static Level level(Level level) {
        Level previous = Log.level;
        Log.level = level;
        return previous;
    }

    /**
     * Copies errors and information to {@code lines} from now on, whatever the level is; null ends
     * this.
     */
    public static void copyTo(@Nullable List<String> lines) {
        copy = lines;
    }

    /** Logs a line about a problem. The application continues. */
    public static void error(String line) {
        write(Level.ERROR, line);
    }

    public static void info(String line) {
        write(Level.INFO, line);
    }

    private static void write(Level of, String text) {
        String line = ControlCharacters.escaped(text);
        List<String> copied = copy;
        if (copied != null) {
            copied.add(line);
        }
        if (of.compareTo(level) <= 0) {
            System.err.println("corral: " + line);
        }
    }
}
