package io.corral.packager;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/** Class files by internal name, written so that they can be defined one after the other. */
final class ClassFiles {

    private static final String ENDING = ".class";

    private final Map<String, byte[]> classFiles = new LinkedHashMap<>();

    /** The class files in a jar or a folder, of which there must be some, sorted by name. */
    static ClassFiles in(Path jarOrFolder) throws IOException {
        if (Files.isDirectory(jarOrFolder)) {
            return below(jarOrFolder);
        }
        try (FileSystem jar = FileSystems.newFileSystem(jarOrFolder)) {
            return below(jar.getPath("/"));
        }
    }

    private static ClassFiles below(Path folder) throws IOException {
        ClassFiles found = new ClassFiles();
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> names = files.map(
                            file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(ENDING) && !name.endsWith("-info" + ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                throw new IOException("no class files in " + folder);
            }
            for (String name : names) {
                found.add(name, Files.readAllBytes(folder.resolve(name + ENDING)));
            }
        }
        return found;
    }

    /** Replaces the class file of that name, if there is one. */
    void add(String name, byte[] classFile) {
        classFiles.put(name, classFile);
    }

    void addAll(ClassFiles others) {
        classFiles.putAll(others.classFiles);
    }

    List<String> names() {
        return List.copyOf(classFiles.keySet());
    }

    byte[] get(String name) {
        byte[] classFile = classFiles.get(name);
        if (classFile == null) {
            throw new IllegalArgumentException(name);
        }
        return classFile;
    }

    /** Writes each to a file of its own below {@code folder}. */
    void copyTo(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> each : classFiles.entrySet()) {
            Path file = folder.resolve(each.getKey() + ENDING);
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
    }

    /**
     * Writes a part of an image, with its length in bytes before it: the number of class files, the
     * class files, and their names, each with its length before it.
     */
    void writeTo(DataOutputStream out) throws IOException {
        write(part(), out);
    }

    /** As {@link #writeTo}, but compressed, for parts that are seldom read. */
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

    /** Puts the superclass and the interfaces of a class before it, as defining it needs them. */
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
