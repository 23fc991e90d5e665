package io.corral.integration.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The image in the agent's jar, taken apart: class files by internal name, in their order. */
public record AgentImage(
        Map<String, byte[]> agent,
        Map<String, byte[]> runtime,
        Map<String, byte[]> weaver,
        Map<String, byte[]> jdkAccess,
        Map<String, byte[]> events) {

    public static final String ENTRY = "corral-boot/boot.image";

    /** The jar's entry with the other image, for rules that name methods. */
    public static final String OF_METHODS = "corral-boot/methods.image";

    public static AgentImage of(byte[] image) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(image));
        AgentImage parts = new AgentImage(
                part(next(in)),
                part(next(in)),
                part(next(in)),
                part(next(in)),
                part(unpacked(next(in))));
        if (in.readInt() != checksum(Arrays.copyOf(image, image.length - Integer.BYTES))) {
            throw new IOException("the image is damaged");
        }
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes behind the checksum");
        }
        return parts;
    }

    public List<Map<String, byte[]>> parts() {
        return List.of(agent, runtime, weaver, jdkAccess, events);
    }

    /** All class files of the image. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Map<String, byte[]> part : parts()) {
            names.addAll(part.keySet());
        }
        return names;
    }

    public byte[] bytes() throws IOException {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(image);
        write(bytes(agent), out);
        write(bytes(runtime), out);
        write(bytes(weaver), out);
        write(bytes(jdkAccess), out);
        write(packed(bytes(events)), out);
        out.writeInt(checksum(image.toByteArray()));
        return image.toByteArray();
    }

    private static int checksum(byte[] parts) {
        CRC32 checksum = new CRC32();
        checksum.update(parts);
        return (int) checksum.getValue();
    }

    private static byte[] bytes(Map<String, byte[]> part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream to = new DataOutputStream(bytes);
        to.writeInt(part.size());
        for (byte[] classFile : part.values()) {
            write(classFile, to);
        }
        for (String name : part.keySet()) {
            write(name.getBytes(StandardCharsets.ISO_8859_1), to);
        }
        return bytes.toByteArray();
    }

    private static byte[] packed(byte[] part) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream to = new GZIPOutputStream(packed)) {
            to.write(part);
        }
        return packed.toByteArray();
    }

    private static byte[] unpacked(byte[] part) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(part)).readAllBytes();
    }

    private static byte[] next(DataInputStream image) throws IOException {
        return image.readNBytes(image.readInt());
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static Map<String, byte[]> part(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        List<byte[]> classFiles = new ArrayList<>();
        for (int classes = in.readInt(); classes > 0; classes--) {
            classFiles.add(in.readNBytes(in.readInt()));
        }
        Map<String, byte[]> part = new LinkedHashMap<>();
        for (byte[] classFile : classFiles) {
            String name = new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1);
            if (part.put(name, classFile) != null) {
                throw new IOException(name + " is there twice");
            }
        }
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes behind the last name");
        }
        return part;
    }
}
