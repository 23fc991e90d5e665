package io.corral.commands.reading;

import java.io.IOException;
import java.util.List;

/** A source of readings: a running JVM or a recording. */
public interface Source extends AutoCloseable {

    /** The title for the screen: the process ID and program of a JVM, or the name of a file. */
    String title();

    /** @throws IOException if the source can no longer be read */
    List<String> hierarchies() throws IOException;

    /** @throws IOException if the source can no longer be read; the message says why */
    Reading read(String hierarchy) throws IOException;

    /**
     * Has the next readings say, or not say, who ran while containers waited. A recording always
     * says so, if it was recorded.
     *
     * @return whether the source can say so
     */
    boolean wantMeanwhile(boolean isWanted);

    /** Ignores failures, since a source is only read. */
    @Override
    void close();
}
