package io.corral.agent.pack;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/** Class files by name, to be written so that they can be defined one after the other. */
final class ClassFiles {

    private static final String ENDING = ".class";

    private final Map<String, byte[]> classFiles = new LinkedHashMap<>();

    /** The names of the classes below {@code folder}, sorted. */
    static List<String> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(ENDING) && !name.endsWith("-info" + ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        }
    }

    static byte[] read(Path folder, String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name + ENDING));
    }

    void add(String name, byte[] classFile) {
        classFiles.put(name, classFile);
    }

    /**
     * Writes a part of an image, with its length in bytes before it: the number of class files, the
     * class files, and their names, each with its length before it.
     */
    void writeTo(DataOutputStream out) throws IOException {
        write(part(), out);
    }

    /** As {@link #writeTo}, but packed: for what is seldom read. */
    void packTo(DataOutputStream out) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream to = new GZIPOutputStream(packed)) {
            to.write(part());
        }
        write(packed.toByteArray(), out);
    }

    private byte[] part() throws IOException {
        Map<String, byte[]> ordered = new LinkedHashMap<>();
        for (String name : classFiles.keySet()) {
            order(name, ordered);
        }
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        DataOutputStream to = new DataOutputStream(part);
        to.writeInt(ordered.size());
        for (byte[] classFile : ordered.values()) {
            write(classFile, to);
        }
        for (String name : ordered.keySet()) {
            write(name.getBytes(StandardCharsets.ISO_8859_1), to);
        }
        return part.toByteArray();
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** What a class extends or implements must be there before it is. */
    private void order(@Nullable String name, Map<String, byte[]> ordered) {
        byte[] classFile = name == null ? null : classFiles.get(name);
        if (name != null && classFile != null && !ordered.containsKey(name)) {
            ClassReader reader = new ClassReader(classFile);
            order(reader.getSuperName(), ordered);
            for (String superInterface : reader.getInterfaces()) {
                order(superInterface, ordered);
            }
            ordered.put(name, classFile);
        }
    }
}
