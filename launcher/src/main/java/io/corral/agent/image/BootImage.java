package io.corral.agent.image;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
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
 * What this jar carries beside its entry, packed by the build where no class loader searches: an image that is read in one go at each
 * start, and one where rules name methods. The parts of an image follow each other, each
 * with its length in bytes before it. A part, unpacked, says how many class files it has; they follow, and their names behind them, all with their
 * lengths before them. Behind the last part is a checksum of all before it. (Plain numbers, and one class that goes through them: a further class of the jar costs 0.4 ms at each start.)
 *
 * <p>A class that is looked for in a jar and verified costs ten times as much as one that is defined from here. Anything
 * that adds to the boot class path instead would cost the application its class archive.
 */
public final class BootImage {

    /** The part that has the agent itself, and who registers its events. */
    public static final int AGENT = 0;

    public static final int RUNTIME = 1;

    /** The part that has the weaver, and its library. */
    public static final int WEAVER = 2;

    /** The part that has what stands in packages of the JDK's: nest mates of its classes, and the way there. */
    public static final int JDK_MATES = 3;

    /** The part that has what is loaded when it is needed: events, and rules. Packed. */
    public static final int LAZY = 4;

    /** The only part of the other image: what weaves methods that rules name, with its library. Packed. */
    public static final int METHOD_WEAVER = 0;

    /** Of a CRC-32, behind the parts. */
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private static final String ENTRY = "corral-boot/boot.image";
    private static final String OF_METHODS = "corral-boot/entry.image";

    private final byte[] bytes;

    /** Of the part that is gone through: so many are still to come. */
    private int classFiles;

    /** Of the class file that was come to last. */
    private int offset;

    private int length;

    private BootImage(byte[] bytes) {
        this.bytes = bytes;
    }

    public static BootImage read() throws IOException, URISyntaxException {
        return new BootImage(read(ENTRY));
    }

    /** What is read where rules name methods. */
    public static BootImage readOfMethods() throws IOException, URISyntaxException {
        return new BootImage(read(OF_METHODS));
    }

    /** Not as a resource: that would fix the application's default file system. */
    private static byte[] read(String name) throws IOException, URISyntaxException {
        URL location = BootImage.class.getProtectionDomain().getCodeSource().getLocation();
        String path = location.getPath();
        // To parse a URI costs 2 ms at the start of a JVM, and mostly nothing is encoded.
        File jar = path.indexOf('%') < 0 ? new File(path) : new File(location.toURI());
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
     * What a tool or a disk did to the jar would else be said by what breaks of it, or not at all: the JVM does not
     * verify what is in the boot loader. The jar's own checksum would not know of a tool that wrote it anew.
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

    /** A part that is packed. It keeps nothing else of the image. */
    public byte[] packed(int part) {
        int at = start(part);
        int from = at + Integer.BYTES;
        return Arrays.copyOfRange(bytes, from, from + intAt(at));
    }

    /** Unpacks a part: its class files, by internal name, in their order. */
    public static Map<String, byte[]> unpack(byte[] packed) throws IOException {
        BootImage part =
                new BootImage(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes());
        part.beginAt(0);
        return part.byName();
    }

    /** Goes to the beginning of a part, whose class files {@link #next} comes to: a superclass or interface before who needs it. */
    public void begin(int part) {
        beginAt(start(part) + Integer.BYTES);
    }

    private void beginAt(int position) {
        classFiles = intAt(position);
        offset = position + Integer.BYTES;
        length = 0;
    }

    /** Whether there is another class file in the part: {@link #length} bytes of {@link #bytes}, from {@link #offset} on. */
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

    /** The class files of a part, by internal name, in their order. They keep nothing else of the image. */
    public Map<String, byte[]> classFiles(int part) {
        begin(part);
        return byName();
    }

    /** From the beginning of a part to its end. */
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

    /** Goes to what stands behind, with its length before it. */
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
