package io.corral.rules.file;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of a rules file at one moment. The text is compared too, because a file may be
 * swapped for another one of the same size and time. Uses {@code java.io}, since the application
 * may still choose the default file system.
 *
 * @param modified in milliseconds since the epoch
 * @param text null if the file can't be read
 * @param failure why it can't be read, else null
 */
record FileVersion(
        long modified, @Nullable String text, @Nullable String failure) {

    static FileVersion of(File file) {
        long modified = file.lastModified();
        try {
            return new FileVersion(modified, read(file), null);
        } catch (IOException unreadable) {
            return new FileVersion(modified, null, unreadable.getMessage());
        }
    }

    /** Used in place of {@code equals}, which a record links with method handles. */
    boolean isSameAs(@Nullable FileVersion other) {
        return other != null
                && modified == other.modified
                && Objects.equals(text, other.text)
                && Objects.equals(failure, other.failure);
    }

    /** Does not open a FIFO or a device, since a read of these may never return. */
    private static String read(File file) throws IOException {
        if (file.exists() && !file.isFile()) {
            throw new IOException("it is not a regular file");
        }
        try (InputStream in = new FileInputStream(file)) {
            return RulesParser.text(in);
        }
    }
}
