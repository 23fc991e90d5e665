package io.corral.commands.view;

import java.io.IOException;
import java.util.List;

/** Takes readings of one JVM or of several, and computes rates. Not thread-safe. */
public interface RateSource extends AutoCloseable {

    /** The title for the screen. */
    String title();

    /** @throws IOException if nothing can be read */
    List<String> hierarchies() throws IOException, InterruptedException;

    /**
     * Takes a reading. The rates are those since the last reading of the same hierarchy, and
     * unknown if there was none.
     *
     * @throws IOException if nothing can be read; the message says why
     */
    Rates next(String hierarchy) throws IOException, InterruptedException;

    /**
     * Has the next readings say, or not say, who ran while containers waited.
     *
     * @return whether the source can say so
     */
    boolean wantMeanwhile(boolean isWanted);

    /** Ignores failures, since what was opened is only read. */
    @Override
    void close();
}
