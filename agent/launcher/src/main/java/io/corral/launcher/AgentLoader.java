package io.corral.launcher;

import java.io.IOException;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent and, when they are needed, the extensions: rules and events. The system class
 * loader would search the jar for each class of the agent, which takes four times as long. Packages
 * that the JDK opens to the agent are open to this loader's module only, and not to the
 * application.
 *
 * <p>Events cannot be in the boot loader: since JDK 21 JFR treats event classes there as the JDK's
 * own, and does not instrument those called {@code Container…} unless the JVM runs in a container.
 */
public final class AgentLoader extends ClassLoader {

    private static final String START = "io.corral.start.Startup";

    private static final String CORRAL_PACKAGE = "io.corral.";

    /** The package of the classes that the agent links to and that the loader of this class has. */
    private static final String LAUNCHER_PACKAGE = "io.corral.launcher.";

    private static final ClassLoader LAUNCHER_LOADER =
            Objects.requireNonNull(AgentLoader.class.getClassLoader());

    /** Read once: a security manager would check every caller on the stack, the application too. */
    private static final ProtectionDomain DOMAIN = AgentLoader.class.getProtectionDomain();

    /** Class files of the agent that are not loaded yet, by internal name. Guarded by this. */
    private final Map<String, byte[]> agentClasses;

    /** Class files of the extensions, likewise; null until one is needed. Guarded by this. */
    private @Nullable Map<String, byte[]> extensions;

    /**
     * The compressed form of {@link #extensions}. It is kept, since the jar may have been replaced
     * when the extensions are needed.
     */
    private final byte[] packedExtensions;

    /** The domain of the extensions; null before the first is loaded. Guarded by this. */
    private @Nullable ProtectionDomain extensionDomain;

    /** Null after a start of the agent. Guarded by this. */
    private @Nullable BootImage image;

    public AgentLoader() throws IOException {
        super("corral", null);
        BootImage read = BootImage.read();
        image = read;
        agentClasses = read.classFiles(BootImage.AGENT);
        packedExtensions = read.packed(BootImage.EXTENSIONS);
    }

    public AgentStarter newStarter() throws ReflectiveOperationException {
        return (AgentStarter) newInstance(START);
    }

    public Object newInstance(String className) throws ReflectiveOperationException {
        return loadClass(className).getDeclaredConstructor().newInstance();
    }

    /** The image that the boot loader is filled from. Read again if a start has released it. */
    public synchronized BootImage image() throws IOException {
        BootImage known = image;
        if (known == null) {
            known = BootImage.read();
            image = known;
        }
        return known;
    }

    /** Releases the image, of almost a megabyte, at the end of a start of the agent. */
    public synchronized void release() {
        image = null;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(LAUNCHER_PACKAGE)) {
            return LAUNCHER_LOADER.loadClass(name);
        }
        synchronized (this) {
            String internalName = name.replace('.', '/');
            Map<String, byte[]> from = agentClasses;
            byte[] classFile = from.get(internalName);
            if (classFile == null && name.startsWith(CORRAL_PACKAGE)) {
                from = extensions();
                classFile = from.get(internalName);
            }
            if (classFile == null) {
                throw new ClassNotFoundException(name);
            }
            ProtectionDomain domain = from == agentClasses ? DOMAIN : extensionDomain();
            Class<?> defined = defineClass(name, classFile, 0, classFile.length, domain);
            from.remove(internalName);
            return defined;
        }
    }

    /**
     * A domain without a location, so that tools which instrument the application leave these
     * classes alone. It has all permissions, as the agent's own domain has.
     */
    public static ProtectionDomain withoutLocation() {
        Permissions all = new Permissions();
        all.add(new AllPermission());
        return new ProtectionDomain(new CodeSource(null, (Certificate[]) null), all);
    }

    private ProtectionDomain extensionDomain() {
        ProtectionDomain known = extensionDomain;
        if (known == null) {
            known = withoutLocation();
            extensionDomain = known;
        }
        return known;
    }

    private Map<String, byte[]> extensions() throws ClassNotFoundException {
        Map<String, byte[]> known = extensions;
        if (known == null) {
            try {
                known = BootImage.unpack(packedExtensions);
            } catch (IOException damaged) {
                throw new ClassNotFoundException("the agent's jar can't be read", damaged);
            }
            extensions = known;
        }
        return known;
    }
}
