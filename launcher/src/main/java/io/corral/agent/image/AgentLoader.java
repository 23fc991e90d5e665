package io.corral.agent.image;

import java.io.IOException;
import java.net.URISyntaxException;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent, and what many runs don't need, class by class: the packages {@code observe} and {@code rules} of the
 * runtime. The system class loader would take four times as long for each class of the agent, which is looked for in the jar; and
 * what the JDK opens to the agent is open to the agent alone, and not to the application.
 *
 * <p>The events could not be in the boot loader: from JDK 21 on JFR takes event classes of that for the
 * JDK's own, and leaves those called {@code Container…} without instrumentation unless the JVM runs in a container.
 */
public final class AgentLoader extends ClassLoader {

    private static final String START = "io.corral.agent.start.Startup";

    private static final String RUNTIME = "io.corral.runtime.";

    /** What the agent links to that is not in here, but where this class is. */
    private static final String OUTSIDE = "io.corral.agent.image.";

    private static final ClassLoader OUTER =
            Objects.requireNonNull(AgentLoader.class.getClassLoader());

    /** Asked once: where there is a security manager it would ask whoever is on the stack, the application perhaps. */
    private static final ProtectionDomain DOMAIN = AgentLoader.class.getProtectionDomain();

    /** By internal name, those not loaded yet. Guarded by this. */
    private final Map<String, byte[]> agent;

    /** As {@link #agent}; null until one is loaded. Guarded by this. */
    private @Nullable Map<String, byte[]> lazy;

    /** What {@link #lazy} will be unpacked from; null during a start, where the image has it. Guarded by this. */
    private byte @Nullable [] packed;

    /** Of what is lazy. Null before the first. Guarded by this. */
    private @Nullable ProtectionDomain nowhere;

    /** Null once the start is over. Guarded by this. */
    private @Nullable BootImage image;

    public AgentLoader() throws IOException, URISyntaxException {
        super("corral", null);
        BootImage read = BootImage.read();
        image = read;
        agent = read.classFiles(BootImage.AGENT);
    }

    public Start start() throws ReflectiveOperationException {
        return (Start) make(START);
    }

    public Object make(String className) throws ReflectiveOperationException {
        return loadClass(className).getDeclaredConstructor().newInstance();
    }

    /** For who fills the boot loader. Read again where a start was over before. */
    public synchronized BootImage image() throws IOException, URISyntaxException {
        BootImage known = image;
        if (known == null) {
            known = BootImage.read();
            image = known;
        }
        return known;
    }

    /**
     * The start is over: nobody needs the image any more, of most of a megabyte.
     *
     * @param active whether what is loaded when it is needed may be: the jar may be another by then
     */
    public synchronized void release(boolean active) {
        if (!active) {
            lazy = null;
        } else if (lazy == null && image != null) {
            packed = image.packed(BootImage.LAZY);
        }
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
            if (classFile == null && name.startsWith(RUNTIME)) {
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
     * A domain without a location, as a loader gives one where there is none: what instruments the application leaves that alone.
     * But a security manager lets it do what the agent may, since who asks the agent's own classes is behind it.
     */
    public static ProtectionDomain ofNowhere() {
        Permissions all = new Permissions();
        all.add(new AllPermission());
        return new ProtectionDomain(new CodeSource(null, (Certificate[]) null), all);
    }

    private ProtectionDomain nowhere() {
        ProtectionDomain known = nowhere;
        if (known == null) {
            known = ofNowhere();
            nowhere = known;
        }
        return known;
    }

    private Map<String, byte[]> lazy() throws ClassNotFoundException {
        Map<String, byte[]> known = lazy;
        if (known == null) {
            try {
                byte[] part = packed;
                known = BootImage.unpack(part == null ? image().packed(BootImage.LAZY) : part);
            } catch (IOException | URISyntaxException unreadable) {
                throw new ClassNotFoundException("the agent's jar can't be read", unreadable);
            }
            packed = null;
            lazy = known;
        }
        return known;
    }
}
