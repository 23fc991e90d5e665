package io.corral.agent.pack;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** ASM, under a name of our own, and of it only what the relocated classes lead to. */
final class Library {

    private static final String ORIGINAL = "org/objectweb/asm/";
    private static final String RELOCATED = "io/corral/agent/shaded/asm/";

    /** The tag of a class in a class file's constants. */
    private static final int CLASS = 7;

    private final Set<String> needed = new HashSet<>();
    private final Deque<String> pending = new ArrayDeque<>();

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
                        return relocated(name);
                    }

                    @Override
                    public Object mapValue(Object value) {
                        return value instanceof String text
                                ? text.replace(ORIGINAL, RELOCATED)
                                : super.mapValue(value);
                    }
                }),
                flags);
        return writer.toByteArray();
    }

    private void collect(ClassReader reader) {
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            if (item > 0 && reader.readByte(item - 1) == CLASS) {
                String name = reader.readUTF8(item, buffer);
                if (name.startsWith(ORIGINAL) && needed.add(name)) {
                    pending.add(name);
                }
            }
        }
    }

    private static String relocated(String name) {
        return name.startsWith(ORIGINAL) ? RELOCATED + name.substring(ORIGINAL.length()) : name;
    }
}
