package io.corral.report.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Looks at the headers of a recording's chunks before the JDK's parser does. The parser reads the
 * same chunk again and again if a header has a size of 0, as in a file whose JVM was killed while
 * the disk was full.
 */
public final class ChunkHeaders {

    private static final int MAGIC = 'F' << 24 | 'L' << 16 | 'R' << 8;
    private static final int LENGTH = 68;
    private static final int SIZE_AT = 8;
    private static final int METADATA_AT = 24;

    private ChunkHeaders() {}

    /**
     * Returns if the parser will end. What else is wrong with the file, the parser says.
     *
     * @throws IOException if the parser would never end
     */
    public static void check(Path file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(LENGTH);
        try (FileChannel channel = FileChannel.open(file)) {
            long at = 0;
            while (read(channel, at, header) && header.getInt(0) == MAGIC) {
                long size = header.getLong(SIZE_AT);
                // A chunk without anything after its header is that of a JVM which has crashed.
                if (size < LENGTH || (size > LENGTH && header.getLong(METADATA_AT) == 0)) {
                    throw new IOException(fault(at, size));
                }
                if (size > channel.size() - at) {
                    return;
                }
                at += size;
            }
        }
    }

    /** @return whether there is a whole header */
    private static boolean read(FileChannel channel, long at, ByteBuffer header)
            throws IOException {
        header.clear();
        long position = at;
        int read = 0;
        while (read >= 0 && header.hasRemaining()) {
            read = channel.read(header, position);
            position += read;
        }
        return !header.hasRemaining();
    }

    private static String fault(long at, long size) {
        String chunk = "the chunk at byte " + at + " is not finished or damaged: its header has "
                + (size < LENGTH ? "the size " + size : "no metadata");
        return at == 0
                ? chunk
                : chunk + "; head -c " + at + " makes a file of the chunks before it";
    }
}
