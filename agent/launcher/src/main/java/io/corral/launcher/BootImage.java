package io.corral.launcher;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An image in the agent's jar: class files in one entry, where no class loader searches. The jar
 * has one that is read at each start, and two of one compressed part each: one is read if rules
 * name methods, the other if metrics are exported.
 *
 * <p>An image is a sequence of parts and a CRC-32 of them. A part is a length in bytes and its
 * content, which may be compressed: the number of class files, the class files, and their internal
 * names, each with its length before it. Part numbers are plain integers and this is one class,
 * since each further class in the jar costs 0.4 ms at each start.
 *
 * <p>A class that is found in a jar and verified costs ten times as much as one that is defined
 * from an image. If the jar was added to the boot class path, the JVM would not use the
 * application's class archive.
 */
public final class BootImage {

    /** The part with the agent, its options, and the extension that registers events. */
    public static final int AGENT = 0;

    public static final int RUNTIME = 1;

    /** The part with the weaver and its library. */
    public static final int WEAVER = 2;

    /** The part with Corral's classes in packages of the JDK. */
    public static final int JDK_ACCESS = 3;

    /** The part with the other extensions: events and rules. Compressed. */
    public static final int EXTENSIONS = 4;

    /** The image of the weaver of methods, with its library. */
    public static final String METHODS = "corral-boot/methods.image";

    /** The image of the exporters of metrics, with their libraries. */
    public static final String METRICS = "corral-boot/metrics.image";

    /** The size of the CRC-32. */
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private static final String BOOT = "corral-boot/boot.image";

    private final byte[] bytes;

    /** The number of class files that {@link #next} will still visit in the current part. */
    private int classFiles;

    /** The position of the current class file. */
    private int offset;

    private int length;

    private BootImage(byte[] bytes) {
        this.bytes = bytes;
    }

    public static BootImage read() throws IOException {
        return new BootImage(read(BOOT));
    }

    /** Reads an image that not each start needs: class files by internal name. */
    public static Map<String, byte[]> readLazily(String image) throws IOException {
        return unpack(new BootImage(read(image)).packed(0));
    }

    /** Does not read a resource, which would fix the application's default file system. */
    private static byte[] read(String name) throws IOException {
        URL location = BootImage.class.getProtectionDomain().getCodeSource().getLocation();
        String path = location.getPath();
        // Parsing a URI costs 2 ms at the start of a JVM, and most paths need no decoding.
        File jar =
                path.indexOf('%') < 0 ? new File(path) : new File(URI.create(location.toString()));
        try (ZipFile zip = new ZipFile(jar)) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new IOException("no " + name + " in " + jar);
            }
            byte[] bytes = new byte[(int) entry.getSize()];
            try (InputStream in = zip.getInputStream(entry)) {
                in.readNBytes(bytes, 0, bytes.length);
            }
            if (!isWhole(bytes)) {
                throw new IOException(name + " in " + jar + " is damaged; get the jar again");
            }
            return bytes;
        }
    }

    /**
     * Whether the checksum is right. The JVM does not verify classes in the boot loader, so it
     * would detect damage late or never. The checksum of the jar's entry is not sufficient, since a
     * tool may have rewritten the jar.
     */
    private static boolean isWhole(byte[] bytes) {
        int end = bytes.length - CHECKSUM_BYTES;
        if (end < 0) {
            return false;
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, end);
        return (int) checksum.getValue() == intAt(bytes, end);
    }

    /** A copy of a compressed part. */
    public byte[] packed(int part) {
        int at = start(part);
        int from = at + Integer.BYTES;
        return Arrays.copyOfRange(bytes, from, from + intAt(at));
    }

    /** The class files of a compressed part, by internal name, in their order. */
    public static Map<String, byte[]> unpack(byte[] packed) throws IOException {
        BootImage part =
                new BootImage(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes());
        part.beginAt(0);
        return part.byName();
    }

    /** Goes to a part. {@link #next} visits its class files, superclasses and interfaces first. */
    public void begin(int part) {
        beginAt(start(part) + Integer.BYTES);
    }

    private void beginAt(int position) {
        classFiles = intAt(position);
        offset = position + Integer.BYTES;
        length = 0;
    }

    /**
     * Goes to the next class file of the part: {@link #length} bytes of {@link #bytes}, from
     * {@link #offset}. False if there is none.
     */
    public boolean next() {
        if (classFiles == 0) {
            return false;
        }
        classFiles--;
        take();
        return true;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** Copies of the class files of a part, by internal name, in their order. */
    public Map<String, byte[]> classFiles(int part) {
        begin(part);
        return byName();
    }

    /** Reads the current part from its beginning to its end. */
    private Map<String, byte[]> byName() {
        byte[][] inOrder = new byte[classFiles][];
        for (int i = 0; next(); i++) {
            inOrder[i] = Arrays.copyOfRange(bytes, offset, offset + length);
        }
        Map<String, byte[]> byName = new LinkedHashMap<>();
        for (byte[] classFile : inOrder) {
            take();
            byName.put(new String(bytes, offset, length, StandardCharsets.ISO_8859_1), classFile);
        }
        return byName;
    }

    private int start(int part) {
        int at = 0;
        for (int i = 0; i < part; i++) {
            at += Integer.BYTES + intAt(at);
        }
        return at;
    }

    /** Goes to the next item, which has its length before it. */
    private void take() {
        int at = offset + length;
        length = intAt(at);
        offset = at + Integer.BYTES;
    }

    private int intAt(int position) {
        return intAt(bytes, position);
    }

    private static int intAt(byte[] bytes, int position) {
        return ((bytes[position] & 0xff) << 24)
                | ((bytes[position + 1] & 0xff) << 16)
                | ((bytes[position + 2] & 0xff) << 8)
                | (bytes[position + 3] & 0xff);
    }
}
