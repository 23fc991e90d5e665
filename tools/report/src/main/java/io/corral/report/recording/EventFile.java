package io.corral.report.recording;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** The events of a recording, read with the JDK's parser. */
public final class EventFile {

    private EventFile() {}

    /**
     * Passes on all events, or as many as the parser can read of a damaged file.
     *
     * @return why the rest could not be read; null if all was
     */
    public static @Nullable String read(Path file, Consumer<RecordedEvent> action) {
        try {
            WholeChunks chunks = WholeChunks.of(file);
            if (chunks.fault() == null) {
                parse(file, action);
            } else if (chunks.bytes() > 0) {
                parseBeginning(file, chunks, action);
            }
            return chunks.fault();
        } catch (IOException | RuntimeException | InternalError damaged) {
            // The JDK's parser throws all kinds of exceptions for damaged files.
            String message = damaged.getMessage();
            return message == null ? damaged.toString() : message;
        }
    }

    /** The parser reads whole files only, and of an unfinished chunk not the last event. */
    private static void parseBeginning(
            Path file, WholeChunks chunks, Consumer<RecordedEvent> action) throws IOException {
        Path beginning = Files.createTempFile("corral", ".jfr");
        try {
            copy(file, chunks.bytes(), beginning);
            finish(beginning, chunks.last());
            parse(beginning, action);
        } finally {
            Files.delete(beginning);
        }
    }

    private static void copy(Path from, long bytes, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
            long at = 0;
            while (at < bytes) {
                long moved = in.transferTo(at, bytes - at, out);
                if (moved <= 0) {
                    throw new EOFException("the file has become shorter");
                }
                at += moved;
            }
        }
    }

    private static void finish(Path file, long chunk) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), chunk + WholeChunks.STATE_AT);
        }
    }

    private static void parse(Path file, Consumer<RecordedEvent> action) throws IOException {
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                action.accept(events.readEvent());
            }
        }
    }

    /**
     * The refusal of a file in which no total of a container was found.
     *
     * @param damage what {@link #read} returned
     */
    public static IOException refusal(Path file, @Nullable String damage) {
        return new IOException(
                damage == null
                        ? file + " has no events corral.ContainerTotal; record a JVM that runs"
                                + " with Corral"
                        : file + " can't be read as a flight recording: " + damage);
    }

    /** What a user is told of a damaged file of which a part was read. */
    public static String warning(Path file, String damage) {
        return file + " is damaged, and only what could be read is shown: " + damage;
    }
}
