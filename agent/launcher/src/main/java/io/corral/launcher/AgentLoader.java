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

    private static final String CORRAL = "io.corral.";

    /** Classes that the agent links to and that are in the loader of this class. */
    private static final String OUTSIDE = "io.corral.launcher.";

    private static final ClassLoader OUTER =
            Objects.requireNonNull(AgentLoader.class.getClassLoader());

    /** Read once: a security manager would check every caller on the stack, the application too. */
    private static final ProtectionDomain DOMAIN = AgentLoader.class.getProtectionDomain();

    /** Class files of the agent that are not loaded yet, by internal name. Guarded by this. */
    private final Map<String, byte[]> agent;

    /** Class files of the extensions, likewise; null until one is needed. Guarded by this. */
    private @Nullable Map<String, byte[]> lazy;

    /**
     * The packed form of {@link #lazy}. It is kept, since the jar may have been replaced when the
     * extensions are needed.
     */
    private final byte[] packed;

    /** The domain of the extensions; null before the first is loaded. Guarded by this. */
    private @Nullable ProtectionDomain nowhere;

    /** Null after a start. Guarded by this. */
    private @Nullable BootImage image;

    public AgentLoader() throws IOException {
        super("corral", null);
        BootImage read = BootImage.read();
        image = read;
        agent = read.classFiles(BootImage.AGENT);
        packed = read.packed(BootImage.LAZY);
    }

    public Start start() throws ReflectiveOperationException {
        return (Start) make(START);
    }

    public Object make(String className) throws ReflectiveOperationException {
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

    /** Releases the image, of almost a megabyte, at the end of a start. */
    public synchronized void release() {
        image = null;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(OUTSIDE)) {
            return OUTER.loadClass(name);
        }
        synchronized (this) {
            String internalName = name.replace('.', '/');
            Map<String, byte[]> from = agent;
            byte[] classFile = from.get(internalName);
            if (classFile == null && name.startsWith(CORRAL)) {
                from = lazy();
                classFile = from.get(internalName);
            }
            if (classFile == null) {
                throw new ClassNotFoundException(name);
            }
            ProtectionDomain domain = from == agent ? DOMAIN : nowhere();
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

    private ProtectionDomain nowhere() {
        ProtectionDomain known = nowhere;
        if (known == null) {
            known = withoutLocation();
            nowhere = known;
        }
        return known;
    }

    private Map<String, byte[]> lazy() throws ClassNotFoundException {
        Map<String, byte[]> known = lazy;
        if (known == null) {
            try {
                known = BootImage.unpack(packed);
            } catch (IOException damaged) {
                throw new ClassNotFoundException("the agent's jar can't be read", damaged);
            }
            lazy = known;
        }
        return known;
    }
}
