package io.corral.commands;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file of a page that a command makes. */
final class PageFile {

    /** Writes the page to a file. */
    interface Writer {
        void write(Path file) throws IOException;
    }

    private PageFile() {}

    /** @throws IOException if the file can't be written; the message says what to do */
    static void write(Path page, Writer writer) throws IOException {
        try {
            writer.write(page);
        } catch (IOException unwritable) {
            throw new IOException(
                    page + " can't be written ("
                            + (unwritable instanceof NoSuchFileException
                                    ? "no such folder"
                                    : unwritable)
                            + "); choose another file with -o",
                    unwritable);
        }
    }
}
