package io.corral.metrics.quiet;

/** The log levels that the packed libraries use. */
public final class Level {

    public static final Level FINEST = new Level();
    public static final Level FINER = new Level();
    public static final Level FINE = new Level();
    public static final Level CONFIG = new Level();
    public static final Level INFO = new Level();
    public static final Level WARNING = new Level();
    public static final Level SEVERE = new Level();

    private Level() {}
}
