package io.corral.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file for a flight recording, in the folder of its target. Two demos with the same
 * target have different files. An earlier recording stays until the new one is complete. If the
 * demo fails or is interrupted, the temporary file is deleted.
 */
final class PendingRecording implements AutoCloseable {

    private final Path target;
    private final Path file;

    /** The process that writes the file. Set by the main thread, read by the shutdown hook. */
    private volatile @Nullable Process writer;

    /** Set by the shutdown hook. */
    private volatile boolean isAbandoned;

    private PendingRecording(Path target, Path file) {
        this.target = target;
        this.file = file;
    }

    static PendingRecording of(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path file =
                Files.createTempFile(absolute.getParent(), absolute.getFileName() + ".", ".part");
        // The JVM creates it again, with the usual permissions.
        Files.delete(file);
        PendingRecording pending = new PendingRecording(absolute, file);
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

    /** Gives the file its name. */
    void complete() throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
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
