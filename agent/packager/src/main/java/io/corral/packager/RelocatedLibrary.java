package io.corral.packager;

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

/** A library that is packed under a name of Corral's, as far as the classes that use it need it. */
final class RelocatedLibrary {

    /** The tag of a class in a class file's constant pool. */
    private static final int CLASS = 7;

    /** OpenTelemetry's SDK refers to these, and uses them only where they are. */
    private static final String OPTIONAL = "io/opentelemetry/api/incubator/";

    private final String original;
    private final String relocated;
    private final Map<String, String> renamed;
    private final boolean withDescriptors;

    private final Set<String> needed = new HashSet<>();

    /** Those that code refers to. Others are in descriptors only, such as annotations. */
    private final Set<String> referredTo = new HashSet<>();

    private final Deque<String> pending = new ArrayDeque<>();

    private RelocatedLibrary(
            String original,
            String relocated,
            Map<String, String> renamed,
            boolean withDescriptors) {
        this.original = original;
        this.relocated = relocated;
        this.renamed = renamed;
        this.withDescriptors = withDescriptors;
    }

    /**
     * The library that weaves the JDK's classes. Each class of it that is packed costs each start.
     */
    static RelocatedLibrary asm() {
        return new RelocatedLibrary("org/objectweb/asm/", "io/corral/weaver/asm/", Map.of(), false);
    }

    /**
     * The library that weaves the application's methods. It reads its own classes by reflection,
     * and so needs the classes in their descriptors too. The advice that it copies into methods
     * calls the hook; a mate takes the hook's place, since each class loader finds that.
     */
    static RelocatedLibrary byteBuddy() {
        return new RelocatedLibrary(
                "net/bytebuddy/",
                "io/corral/methods/bytebuddy/",
                Map.of("io/corral/runtime/hook/EntryHook", "java/lang/CorralEntryDispatcher"),
                true);
    }

    /** The library that writes metrics in the formats of Prometheus. */
    static RelocatedLibrary prometheus() {
        return new RelocatedLibrary(
                "io/prometheus/metrics/", "io/corral/metrics/prometheus/", Map.of(), true);
    }

    /** The libraries that send metrics by OTLP. Their logging is replaced by none. */
    static RelocatedLibrary openTelemetry() {
        return new RelocatedLibrary(
                "io/opentelemetry/",
                "io/corral/metrics/opentelemetry/",
                Map.of(
                        "java/util/logging/Logger", "io/corral/metrics/quiet/Logger",
                        "java/util/logging/Level", "io/corral/metrics/quiet/Level"),
                true);
    }

    /** The given classes, using the relocated library, and the classes of it that they need. */
    ClassFiles relocateAll(ClassFiles users) throws IOException {
        ClassFiles all = new ClassFiles();
        for (String name : users.names()) {
            all.add(name, relocate(users.get(name), 0));
        }
        for (String name = pending.poll(); name != null; name = pending.poll()) {
            try (InputStream in =
                    RelocatedLibrary.class.getClassLoader().getResourceAsStream(name + ".class")) {
                if (in != null) {
                    all.add(relocated(name), relocate(in.readAllBytes(), ClassReader.SKIP_DEBUG));
                } else if (referredTo.contains(name) && !name.startsWith(OPTIONAL)) {
                    throw new IOException("no " + name + " to pack");
                }
            }
        }
        return all;
    }

    private byte[] relocate(byte[] classFile, int flags) {
        ClassReader reader = new ClassReader(classFile);
        collect(reader);
        ClassWriter writer = new ClassWriter(0);
        reader.accept(
                new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                    @Override
                    public String map(String name) {
                        if (withDescriptors) {
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
                String name = reader.readUTF8(item, buffer);
                referredTo.add(name);
                need(name);
            }
        }
    }

    private void need(String name) {
        if (name.startsWith(original) && needed.add(name)) {
            pending.add(name);
        }
    }

    private String relocated(String name) {
        return name.startsWith(original)
                ? relocated + name.substring(original.length())
                : renamed.getOrDefault(name, name);
    }
}
