package io.corral.agent.boot;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What this jar carries beside the agent, packed by the build into one entry where no class loader searches. Four
 * parts, to be taken in this order: the runtime, the weaver, the nest mates, what is loaded when it is needed. Each says how many class files
 * it has; a class file has its name before it, and both have their length before them.
 *
 * <p>A class that is looked for in a jar and verified costs ten times as much as one that is defined from here. Anything
 * that adds to the boot class path instead would cost the application its class archive.
 */
final class BootImage {

    private static final String ENTRY = "corral-boot/boot.image";
    private static final String OF_METHODS = "corral-boot/entry.image";

    private final byte[] image;
    private int position;

    private BootImage(byte[] image) {
        this.image = image;
    }

    static BootImage read() throws IOException, URISyntaxException {
        return new BootImage(bytes(ENTRY));
    }

    /** What is read where rules name methods: see {@link EntryLoader}. */
    static InputStream entryImage() throws IOException {
        try {
            return new ByteArrayInputStream(bytes(OF_METHODS));
        } catch (URISyntaxException unreadable) {
            throw new IOException(unreadable);
        }
    }

    /** Not as a resource: that would fix the application's default file system. */
    private static byte[] bytes(String name) throws IOException, URISyntaxException {
        File jar = new File(BootImage.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (ZipFile zip = new ZipFile(jar)) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new IOException("no " + name + " in " + jar);
            }
            byte[] bytes = new byte[(int) entry.getSize()];
            try (InputStream in = zip.getInputStream(entry)) {
                in.readNBytes(bytes, 0, bytes.length);
            }
            return bytes;
        }
    }

    /** Defines the classes of the next part: a superclass or interface stands before who needs it. */
    void define(BootAccess access) {
        for (int classes = nextInt(); classes > 0; classes--) {
            skip(nextInt());
            int length = nextInt();
            access.define(image, position, length);
            skip(length);
        }
    }

    /** The class files of the next part, by internal name. */
    Map<String, byte[]> next() {
        Map<String, byte[]> classFiles = new HashMap<>();
        for (int classes = nextInt(); classes > 0; classes--) {
            String name = new String(nextBytes(), StandardCharsets.ISO_8859_1);
            classFiles.put(name, nextBytes());
        }
        return classFiles;
    }

    private byte[] nextBytes() {
        int length = nextInt();
        skip(length);
        return Arrays.copyOfRange(image, position - length, position);
    }

    private void skip(int length) {
        position += length;
    }

    private int nextInt() {
        int next = ((image[position] & 0xff) << 24)
                | ((image[position + 1] & 0xff) << 16)
                | ((image[position + 2] & 0xff) << 8)
                | (image[position + 3] & 0xff);
        skip(4);
        return next;
    }
}
