package io.corral.it;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The image in the agent's jar, taken apart: class files by internal name, in their order. */
record AgentImage(
        Map<String, byte[]> agent,
        Map<String, byte[]> runtime,
        Map<String, byte[]> weaver,
        Map<String, byte[]> nestMates,
        Map<String, byte[]> events) {

    static final String ENTRY = "corral-boot/boot.image";

    static AgentImage of(byte[] image) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(image));
        AgentImage parts = new AgentImage(part(in), part(in), part(in), part(in), part(in));
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes behind the last part");
        }
        return parts;
    }

    List<Map<String, byte[]>> parts() {
        return List.of(agent, runtime, weaver, nestMates, events);
    }

    /** All that is in it. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Map<String, byte[]> part : parts()) {
            names.addAll(part.keySet());
        }
        return names;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(image);
        for (Map<String, byte[]> part : parts()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream to = new DataOutputStream(bytes);
            to.writeInt(part.size());
            for (byte[] classFile : part.values()) {
                write(classFile, to);
            }
            for (String name : part.keySet()) {
                write(name.getBytes(StandardCharsets.ISO_8859_1), to);
            }
            write(bytes.toByteArray(), out);
        }
        return image.toByteArray();
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static Map<String, byte[]> part(DataInputStream image) throws IOException {
        DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(image.readNBytes(image.readInt())));
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
