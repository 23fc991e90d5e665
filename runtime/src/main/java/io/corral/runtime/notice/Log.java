package io.corral.runtime.notice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines for the user on standard error, {@code corral: …}. No logging framework: applications
 * configure theirs in {@code main}, after the agent has started.
 */
public final class Log {

    /** How much is said, from nothing to everything. */
    public enum Level {
        OFF,
        ERROR,
        INFO,
        DEBUG
    }

    private static volatile Level level = Level.ERROR;

    /** Who has loaded the agent into a JVM that runs is told as well, meanwhile. */
    private static volatile @Nullable List<String> copy;

    private Log() {}

    /** @return the level before */
    public static Level level(Level level) {
        Level before = Log.level;
        Log.level = level;
        return before;
    }

    /** Errors and information go to {@code lines}, too, whatever of them is said; null for no more. */
    public static void copyTo(@Nullable List<String> lines) {
        copy = lines;
    }

    /** Something is off; the application runs on. */
    public static void error(String line) {
        say(Level.ERROR, line);
    }

    public static void info(String line) {
        say(Level.INFO, line);
    }

    public static void debug(String line) {
        say(Level.DEBUG, line);
    }

    private static void say(Level of, String line) {
        List<String> told = copy;
        if (told != null && of != Level.DEBUG) {
            told.add(line);
        }
        if (of.compareTo(level) <= 0) {
            System.err.println("corral: " + line);
        }
    }
}
