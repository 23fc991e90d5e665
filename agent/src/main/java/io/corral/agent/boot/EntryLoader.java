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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads the weaver of the application's methods, and Byte Buddy, which only that weaver sees. The
 * loader is made when rules name methods.
 */
final class EntryLoader extends ClassLoader {

    private static final String ENDING = ".class";

    private static final String WEAVING = "io.corral.agent.entry.EntryWeaving";

    /**
     * A property that makes Byte Buddy avoid {@code Unsafe}, about which newer JDKs warn. The name
     * is relocated, so that the application's own Byte Buddy is not affected.
     */
    private static final String WITHOUT_UNSAFE = "io.corral.agent.shaded.bytebuddy.safe";

    /** Whether the boot loader has the class that woven methods call. */
    private static boolean dispatcherIsDefined;

    /** The class files by internal name. */
    private final Map<String, byte[]> classFiles;

    private final ProtectionDomain domain = AgentLoader.withoutLocation();

    private EntryLoader(Map<String, byte[]> classFiles) {
        super("corral-entry", ClassLoader.getPlatformClassLoader());
        this.classFiles = classFiles;
    }

    /**
     * Defines in the boot loader the class that woven methods call, and loads the weaver. Called by
     * one thread at a time, until it has succeeded once.
     *
     * @param dispatcher the class file of that class
     */
    static EntryWeaver load(BootAccess access, byte[] dispatcher, Instrumentation instrumentation)
            throws IOException, URISyntaxException, ReflectiveOperationException {
        System.setProperty(WITHOUT_UNSAFE, "true");
        BootImage image = BootImage.readOfMethods();
        EntryLoader loader =
                new EntryLoader(BootImage.unpack(image.packed(BootImage.METHOD_WEAVER)));
        // An earlier attempt may have had no memory for what follows.
        if (!dispatcherIsDefined) {
            access.define(dispatcher, 0, dispatcher.length);
            dispatcherIsDefined = true;
        }
        return (EntryWeaver) loader.loadClass(WEAVING)
                .getConstructor(Instrumentation.class)
                .newInstance(instrumentation);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] classFile = classFiles.get(name.replace('.', '/'));
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, classFile, 0, classFile.length, domain);
    }

    /** Byte Buddy reads the advice as a class file. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] classFile = name.endsWith(ENDING)
                ? classFiles.get(name.substring(0, name.length() - ENDING.length()))
                : null;
        return classFile == null ? null : new ByteArrayInputStream(classFile);
    }
}
