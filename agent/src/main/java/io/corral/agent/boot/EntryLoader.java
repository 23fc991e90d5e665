package io.corral.agent.boot;

import io.corral.agent.image.BootImage;
import io.corral.runtime.placement.EntryWeaver;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Loads who weaves the application's methods, and Byte Buddy, which nobody else sees: where rules name methods, and not
 * before.
 */
final class EntryLoader extends ClassLoader {

    private static final String WEAVING = "io.corral.agent.entry.EntryWeaving";

    /** Else the library uses what newer JDKs warn of. Under its own name it would be the application's setting. */
    private static final String WITHOUT_UNSAFE = "io.corral.agent.shaded.bytebuddy.safe";

    /** By resource name. */
    private final Map<String, byte[]> classFiles;

    private EntryLoader(Map<String, byte[]> classFiles) {
        super("corral-entry", ClassLoader.getPlatformClassLoader());
        this.classFiles = classFiles;
    }

    /** Defines the way to the hook in the boot loader. Once in a JVM. */
    static EntryWeaver load(BootAccess access, Instrumentation instrumentation)
            throws IOException, ReflectiveOperationException {
        System.setProperty(WITHOUT_UNSAFE, "true");
        try (DataInputStream in =
                new DataInputStream(new GZIPInputStream(BootImage.entryImage()))) {
            for (byte[] classFile : read(in).values()) {
                access.define(classFile, 0, classFile.length);
            }
            return (EntryWeaver) new EntryLoader(read(in))
                    .loadClass(WEAVING)
                    .getConstructor(Instrumentation.class)
                    .newInstance(instrumentation);
        }
    }

    /** One part, as {@link BootImage} has them; by resource name. */
    private static Map<String, byte[]> read(DataInputStream in) throws IOException {
        in.readInt();
        byte[][] inOrder = new byte[in.readInt()][];
        for (int i = 0; i < inOrder.length; i++) {
            inOrder[i] = in.readNBytes(in.readInt());
        }
        Map<String, byte[]> classFiles = new HashMap<>();
        for (byte[] classFile : inOrder) {
            String name = new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1);
            classFiles.put(name + ".class", classFile);
        }
        return classFiles;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] classFile = classFiles.get(name.replace('.', '/') + ".class");
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, classFile, 0, classFile.length);
    }

    /** The library reads the advice as a class file. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] classFile = classFiles.get(name);
        return classFile == null ? null : new ByteArrayInputStream(classFile);
    }
}
