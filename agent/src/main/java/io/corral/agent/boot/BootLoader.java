package io.corral.agent.boot;

import io.corral.agent.image.AgentLoader;
import io.corral.agent.image.BootImage;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationHandler;
import java.util.Map;

/** The boot loader, opened to the agent: the runtime is defined in it and given the JDK's private parts. */
public final class BootLoader {

    private static final String ACCESS = "java/lang/CorralBootAccess";
    private static final String ENTRY_DISPATCHER = "java/lang/CorralEntry";

    private final Instrumentation instrumentation;
    private final AgentLoader loader;

    /** What stands in the JDK's packages, by internal name. */
    private final Map<String, byte[]> jdkMates;

    private final BootAccess access;

    /** Whether an agent has opened the boot loader already, this one or another. */
    public static boolean isBegun() {
        try {
            Class.forName(ACCESS.replace('/', '.'), false, null);
            return true;
        } catch (ClassNotFoundException first) {
            return false;
        }
    }

    /** @throws Exception or a {@link LinkageError} if the JDK does not let us in */
    public BootLoader(Instrumentation instrumentation, AgentLoader loader) throws Exception {
        this.instrumentation = instrumentation;
        this.loader = loader;
        this.jdkMates = loader.image().classFiles(BootImage.JDK_MATES);
        Object internals = Definer.define(
                instrumentation,
                jdkMate(jdkMates, Definer.IN_OPEN_PACKAGE),
                jdkMate(jdkMates, ACCESS));
        this.access = new BootAccess((InvocationHandler) internals);
    }

    static byte[] jdkMate(Map<String, byte[]> jdkMates, String name) throws ClassNotFoundException {
        byte[] classFile = jdkMates.get(name);
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return classFile;
    }

    /**
     * Whether this JVM writes a class archive. One that was written after {@link Thread} was woven
     * crashes the JVM, or is refused later.
     */
    public boolean isDumpingArchive() {
        try {
            return access.isDumpingArchive();
        } catch (LinkageError unknown) {
            return false;
        }
    }

    /**
     * In a run that trains a class archive: the API is there, and works as without the agent. Else the
     * archive would hold the copy on the class path, and JDK 25 links classes of its archive to each
     * other before any agent is asked.
     */
    public void defineForTraining() throws Exception {
        define(loader.image(), BootImage.RUNTIME);
    }

    /** From here on classes of the runtime and of the weaver can be linked to. */
    public void define() throws Exception {
        BootImage image = loader.image();
        define(image, BootImage.RUNTIME);
        define(image, BootImage.WEAVER);
        ArchivedCopies.hide(instrumentation, access);
        JdkAccess.handOver(access, jdkMates);
    }

    private void define(BootImage image, int part) {
        image.begin(part);
        while (image.next()) {
            access.define(image.bytes(), image.offset(), image.length());
        }
    }

    /** For rules that name methods. */
    public EntryWeaverOnDemand entryWeaver() throws ClassNotFoundException {
        return new EntryWeaverOnDemand(
                access, jdkMate(jdkMates, ENTRY_DISPATCHER), instrumentation);
    }
}
