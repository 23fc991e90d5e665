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
        Map<String, byte[]> runtime,
        Map<String, byte[]> weaver,
        Map<String, byte[]> nestMates,
        Map<String, byte[]> events) {

    static final String ENTRY = "corral-boot/boot.image";

    static AgentImage of(byte[] image) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(image));
        AgentImage parts = new AgentImage(part(in), part(in), part(in), part(in));
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes behind the last part");
        }
        return parts;
    }

    List<Map<String, byte[]>> parts() {
        return List.of(runtime, weaver, nestMates, events);
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Map<String, byte[]> part : parts()) {
            out.writeInt(part.size());
            for (Map.Entry<String, byte[]> each : part.entrySet()) {
                byte[] name = each.getKey().getBytes(StandardCharsets.ISO_8859_1);
                out.writeInt(name.length);
                out.write(name);
                out.writeInt(each.getValue().length);
                out.write(each.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> part(DataInputStream in) throws IOException {
        Map<String, byte[]> part = new LinkedHashMap<>();
        for (int classes = in.readInt(); classes > 0; classes--) {
            String name = new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1);
            if (part.put(name, in.readNBytes(in.readInt())) != null) {
                throw new IOException(name + " is there twice");
            }
        }
        return part;
    }
}
