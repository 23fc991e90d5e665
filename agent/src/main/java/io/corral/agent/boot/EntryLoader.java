package io.corral.agent.boot;

import io.corral.agent.image.AgentLoader;
import io.corral.agent.image.BootImage;
import io.corral.runtime.placement.EntryWeaver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads who weaves the application's methods, and Byte Buddy, which nobody else sees: where rules name methods, and not
 * before.
 */
final class EntryLoader extends ClassLoader {

    private static final String ENDING = ".class";

    private static final String WEAVING = "io.corral.agent.entry.EntryWeaving";

    /** Else the library uses what newer JDKs warn of. Under its own name it would be the application's setting. */
    private static final String WITHOUT_UNSAFE = "io.corral.agent.shaded.bytebuddy.safe";

    /** In the boot loader, by internal name. */
    private static final Set<String> DEFINED = new HashSet<>();

    /** By internal name. */
    private final Map<String, byte[]> classFiles;

    private final ProtectionDomain domain = AgentLoader.ofNowhere();

    private EntryLoader(Map<String, byte[]> classFiles) {
        super("corral-entry", ClassLoader.getPlatformClassLoader());
        this.classFiles = classFiles;
    }

    /** Defines the way to the hook in the boot loader. Once in a JVM, and again where that has failed. By one thread at a time. */
    static EntryWeaver load(BootAccess access, Instrumentation instrumentation)
            throws IOException, URISyntaxException, ReflectiveOperationException {
        System.setProperty(WITHOUT_UNSAFE, "true");
        BootImage image = BootImage.readOfMethods();
        EntryLoader loader = new EntryLoader(unpack(image, BootImage.METHOD_WEAVER));
        for (Map.Entry<String, byte[]> each :
                unpack(image, BootImage.DISPATCHER).entrySet()) {
            // An attempt before this one may have had no memory for what follows.
            if (!DEFINED.contains(each.getKey())) {
                access.define(each.getValue(), 0, each.getValue().length);
                DEFINED.add(each.getKey());
            }
        }
        return (EntryWeaver) loader.loadClass(WEAVING)
                .getConstructor(Instrumentation.class)
                .newInstance(instrumentation);
    }

    private static Map<String, byte[]> unpack(BootImage image, int part) throws IOException {
        return BootImage.unpack(image.packed(part));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] classFile = classFiles.get(name.replace('.', '/'));
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, classFile, 0, classFile.length, domain);
    }

    /** The library reads the advice as a class file. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] classFile = name.endsWith(ENDING)
                ? classFiles.get(name.substring(0, name.length() - ENDING.length()))
                : null;
        return classFile == null ? null : new ByteArrayInputStream(classFile);
    }
}
