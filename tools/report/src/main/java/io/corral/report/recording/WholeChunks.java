package io.corral.report.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The chunks at a recording's beginning that the JDK's parser can read, by their headers. The
 * parser reads a chunk again and again if its header has a size of 0, as in a file whose JVM was
 * killed while the disk was full. Of a file that was cut off it loses the last event before the
 * damage.
 *
 * @param bytes the length of these chunks
 * @param last where the last of them begins. Its JVM may not have finished it
 * @param fault says what is wrong with the bytes after these chunks, or that the last chunk is not
 *     finished; null if the file is whole
 */
record WholeChunks(long bytes, long last, @Nullable String fault) {

    private static final int MAGIC = 'F' << 24 | 'L' << 16 | 'R' << 8;
    private static final int HEADER_LENGTH = 68;
    private static final int SIZE_AT = 8;
    private static final int METADATA_AT = 24;

    /** The byte that is 0 in a finished chunk. Later parsers than that of JDK 17 wait for it. */
    static final int STATE_AT = 64;

    static WholeChunks of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long length = channel.size();
            long at = 0;
            long last = 0;
            String fault = length == 0 ? "the file is empty" : null;
            while (fault == null && at < length) {
                ByteBuffer header = header(channel, at);
                fault = fault(header, at, length - at);
                if (fault == null) {
                    last = at;
                    at += header.getLong(SIZE_AT);
                    if (header.get(STATE_AT) != 0) {
                        fault = "the chunk at byte " + last
                                + " is not finished: its JVM was killed, or still writes it";
                    }
                }
            }
            return new WholeChunks(at, last, fault);
        }
    }

    /** What follows the file's end is 0. */
    private static ByteBuffer header(FileChannel channel, long at) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH);
        int read = 0;
        while (read >= 0 && header.hasRemaining()) {
            read = channel.read(header, at + header.position());
        }
        return header;
    }

    /** @param left the bytes from there to the file's end */
    private static @Nullable String fault(ByteBuffer header, long at, long left) {
        if (header.getInt(0) != MAGIC) {
            return at == 0 ? "it is not a flight recording" : "there is no chunk at byte " + at;
        }
        if (left < HEADER_LENGTH) {
            return "the file ends within the header of the chunk at byte " + at;
        }
        long size = header.getLong(SIZE_AT);
        // A chunk without anything after its header is that of a JVM which has crashed.
        boolean hasMetadata = size == HEADER_LENGTH || header.getLong(METADATA_AT) != 0;
        if (size < HEADER_LENGTH || !hasMetadata) {
            return "the chunk at byte " + at + " is not finished or damaged: its header has "
                    + (size < HEADER_LENGTH ? "the size " + size : "no metadata");
        }
        return size <= left
                ? null
                : "the file ends within the chunk at byte " + at + ": " + (size - left) + " of its "
                        + size + " bytes are missing";
    }
}
