package io.corral.tools.reading;

import java.io.IOException;
import java.util.List;

/** Where readings come from. */
public interface Source extends AutoCloseable {

    /** What is read, for the screen: a JVM's process ID and program, or a file. */
    String title();

    /** @throws IOException if it can't be read any more */
    List<String> hierarchies() throws IOException;

    /** @throws IOException if it can't be read any more; the message says why */
    Reading read(String hierarchy) throws IOException;

    /** Failures do not matter, since nothing was changed. */
    @Override
    void close();
}
