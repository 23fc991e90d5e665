package io.corral.agent.pack;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** A library, under a name of our own, and of it only what the relocated classes lead to. */
final class Library {

    /** The tag of a class in a class file's constants. */
    private static final int CLASS = 7;

    private final String original;
    private final String relocated;
    private final Map<String, String> renamed;
    private final boolean isWhole;

    private final Set<String> needed = new HashSet<>();
    private final Deque<String> pending = new ArrayDeque<>();

    private Library(
            String original, String relocated, Map<String, String> renamed, boolean isWhole) {
        this.original = original;
        this.relocated = relocated;
        this.renamed = renamed;
        this.isWhole = isWhole;
    }

    /** What weaves the JDK's classes: each class that is more costs each start. */
    static Library asm() {
        return new Library("org/objectweb/asm/", "io/corral/agent/shaded/asm/", Map.of(), false);
    }

    /**
     * What weaves the application's. It looks at its own classes by reflection, and so needs all that is in their
     * descriptors.
     *
     * @param renamed further classes, by their names, and what they are called then
     */
    static Library byteBuddy(Map<String, String> renamed) {
        return new Library("net/bytebuddy/", "io/corral/agent/shaded/bytebuddy/", renamed, true);
    }

    /** Has {@code classFile} use the relocated library. */
    byte[] relocate(byte[] classFile) {
        return relocate(classFile, 0);
    }

    /** Adds all that relocated classes need. */
    void addTo(ClassFiles classes) throws IOException {
        for (String name = pending.poll(); name != null; name = pending.poll()) {
            try (InputStream in =
                    ClassReader.class.getClassLoader().getResourceAsStream(name + ".class")) {
                if (in == null) {
                    throw new IOException("no " + name + " to pack");
                }
                classes.add(relocated(name), relocate(in.readAllBytes(), ClassReader.SKIP_DEBUG));
            }
        }
    }

    private byte[] relocate(byte[] classFile, int flags) {
        ClassReader reader = new ClassReader(classFile);
        collect(reader);
        ClassWriter writer = new ClassWriter(0);
        reader.accept(
                new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                    @Override
                    public String map(String name) {
                        if (isWhole) {
                            need(name);
                        }
                        return relocated(name);
                    }

                    @Override
                    public Object mapValue(Object value) {
                        return value instanceof String text
                                ? text.replace(original, relocated)
                                        .replace(dotted(original), dotted(relocated))
                                : super.mapValue(value);
                    }
                }),
                flags);
        return writer.toByteArray();
    }

    private static String dotted(String prefix) {
        return prefix.replace('/', '.');
    }

    private void collect(ClassReader reader) {
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            if (item > 0 && reader.readByte(item - 1) == CLASS) {
                need(reader.readUTF8(item, buffer));
            }
        }
    }

    private void need(String name) {
        if (name.startsWith(original) && needed.add(name)) {
            pending.add(name);
        }
    }

    private String relocated(String name) {
        if (name.startsWith(original)) {
            return relocated + name.substring(original.length());
        }
        return renamed.getOrDefault(name, name);
    }
}
