package io.corral.examples.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that the demo writes at its end. It is checked before the load.
 *
 * @param option the option that names the file
 */
record OutputFile(String option, Path path) {

    /** Why the file can't be written, and what to do. Null if it can be written. */
    @Nullable String problem() {
        Path absolute = path.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null || Files.isDirectory(absolute)) {
            return refusal("it is a directory; name a file");
        }
        if (!Files.isDirectory(folder)) {
            return refusal("there is no folder " + folder + "; create it, or name another file");
        }
        if (!Files.isWritable(folder)) {
            return refusal("no permission to write in " + folder + "; name another file");
        }
        if (Files.exists(absolute) && !Files.isWritable(absolute)) {
            return refusal("no permission to write this file; name another one");
        }
        return null;
    }

    private String refusal(String cause) {
        return "can't write " + path + ": " + cause + " with " + option + " FILE";
    }
}
