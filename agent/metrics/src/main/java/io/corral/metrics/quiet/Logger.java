package io.corral.metrics.quiet;

import org.jspecify.annotations.Nullable;

/** A logger that logs nothing. It has the methods that the packed libraries call. */
public final class Logger {

    private static final Logger ONLY = new Logger();

    private Logger() {}

    public static Logger getLogger(String unused) {
        return ONLY;
    }

    public boolean isLoggable(Level unused) {
        return false;
    }

    public void fine(String unused) {}

    public void info(String unused) {}

    public void warning(String unused) {}

    public void severe(String unused) {}

    public void log(Level level, String text) {}

    public void log(Level level, String text, @Nullable Object parameter) {}

    public void log(Level level, String text, Object[] parameters) {}

    public void log(Level level, String text, Throwable failure) {}
}
