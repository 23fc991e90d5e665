package io.corral.examples.demo;

import io.corral.report.Report;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file for a flight recording, in the folder of its target. Two demos with the same
 * target have different files. An earlier recording stays until the new one is complete. If the
 * demo fails or is interrupted, the temporary file is deleted.
 *
 * <p>If the user has named no target, it is the first of a row of names that neither a recording
 * nor its page has. So no demo overwrites the files of another.
 */
final class PendingRecording implements AutoCloseable {

    private static final String SUFFIX = ".jfr";

    private final Path file;

    /** The folder and the beginning of the names to choose from; null if the target is given. */
    private final @Nullable Path unused;

    /** Null until it is chosen. */
    private @Nullable Path target;

    private boolean isComplete;

    /** The process that writes the file. Set by the main thread, read by the shutdown hook. */
    private volatile @Nullable Process writer;

    /** Set by the shutdown hook. */
    private volatile boolean isAbandoned;

    private PendingRecording(Path file, @Nullable Path unused, @Nullable Path target) {
        this.file = file;
        this.unused = unused;
        this.target = target;
    }

    static PendingRecording of(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        return registered(new PendingRecording(temporary(absolute), null, absolute));
    }

    /** @param beginning of the names, such as {@code corral-demo} */
    static PendingRecording ofUnusedName(Path beginning) throws IOException {
        Path absolute = beginning.toAbsolutePath();
        return registered(new PendingRecording(temporary(absolute), absolute, null));
    }

    private static Path temporary(Path target) throws IOException {
        Path file = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
        // The JVM creates it again, with the usual permissions.
        Files.delete(file);
        return file;
    }

    private static PendingRecording registered(PendingRecording pending) {
        Runtime.getRuntime().addShutdownHook(new Thread(pending::abandon, "abandon"));
        return pending;
    }

    Path file() {
        return file;
    }

    void writtenBy(Process process) {
        writer = process;
    }

    /** Whether this JVM is about to end. */
    boolean isAbandoned() {
        return isAbandoned;
    }

    /** The name that the recording gets. If it is to be chosen, the first call does so. */
    Path target() throws IOException {
        Path known = target;
        if (known == null) {
            known = taken(Objects.requireNonNull(unused));
            target = known;
        }
        return known;
    }

    /** An empty file that another demo cannot take. */
    private static Path taken(Path beginning) throws IOException {
        for (int number = 1; ; number++) {
            Path name = beginning.resolveSibling(
                    beginning.getFileName() + (number == 1 ? "" : "-" + number) + SUFFIX);
            if (!Files.exists(Report.pageFor(name))) {
                try {
                    return Files.createFile(name);
                } catch (FileAlreadyExistsException used) {
                    // The next name may be free.
                }
            }
        }
    }

    /** Gives the file its name. */
    void complete() throws IOException {
        Files.move(file, target(), StandardCopyOption.ATOMIC_MOVE);
        isComplete = true;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Path chosen = target;
        if (unused != null && chosen != null && !isComplete) {
            Files.deleteIfExists(chosen);
        }
    }

    private void abandon() {
        isAbandoned = true;
        Process process = writer;
        try {
            if (process != null) {
                // It would write the file at its end.
                process.destroy();
                process.waitFor();
            }
            close();
        } catch (IOException | InterruptedException e) {
            System.err.println("corral demo: can't delete " + file + ": " + e);
        }
    }
}
