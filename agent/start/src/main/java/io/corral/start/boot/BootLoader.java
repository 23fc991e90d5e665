package io.corral.start.boot;

import io.corral.launcher.AgentLoader;
import io.corral.launcher.BootImage;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationHandler;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Defines the runtime in the boot loader, and gives it access to private members of the JDK. */
public final class BootLoader {

    private static final String ACCESS = "java/lang/CorralBootAccess";
    private static final String ENTRY_DISPATCHER = "java/lang/CorralEntryDispatcher";
    private static final String ITEM_DISPATCHER = "java/lang/CorralItemDispatcher";

    private final Instrumentation instrumentation;
    private final AgentLoader loader;

    /** Class files of Corral's classes in packages of the JDK, by internal name. */
    private final Map<String, byte[]> jdkAccess;

    private final BootAccess access;

    /** Whether an agent has defined classes in the boot loader already. */
    public static boolean hasDefinedClasses() {
        try {
            Class.forName(ACCESS.replace('/', '.'), false, null);
            return true;
        } catch (ClassNotFoundException first) {
            return false;
        }
    }

    /** @throws Exception or a {@link LinkageError} if the JDK refuses access */
    public BootLoader(Instrumentation instrumentation, AgentLoader loader) throws Exception {
        this.instrumentation = instrumentation;
        this.loader = loader;
        this.jdkAccess = loader.image().classFiles(BootImage.JDK_ACCESS);
        Object internals = Definer.define(
                instrumentation,
                BootAccess.classFile(jdkAccess, Definer.IN_OPEN_PACKAGE),
                BootAccess.classFile(jdkAccess, ACCESS));
        this.access = new BootAccess((InvocationHandler) internals);
    }

    /**
     * Whether this JVM writes a class archive. An archive that is written after {@link Thread} was
     * woven crashes the JVM, or is rejected later.
     */
    public boolean isDumpingArchive() {
        return access.isDumpingArchive();
    }

    /**
     * Defines the runtime in a run that trains a class archive, where the API works as without the
     * agent. Otherwise the archive would hold the copy on the class path, and JDK 25 links archived
     * classes to each other before any agent runs.
     */
    public void defineForTraining() throws Exception {
        define(loader.image(), BootImage.RUNTIME);
    }

    /**
     * Defines the runtime and the weaver. After this the agent may link to them.
     *
     * @return what this JDK lacks, if it is newer than the tested ones; null if it has all
     */
    public @Nullable String define() throws Exception {
        BootImage image = loader.image();
        define(image, BootImage.RUNTIME);
        define(image, BootImage.WEAVER);
        String missing = JdkAccess.missing(jdkAccess);
        if (missing == null) {
            ArchivedCopies.hide(instrumentation, access);
            JdkAccess.handOver(access, jdkAccess);
        }
        return missing;
    }

    private void define(BootImage image, int part) {
        image.begin(part);
        while (image.next()) {
            access.define(image.bytes(), image.offset(), image.length());
        }
    }

    /** The weaver for rules that name methods. */
    public EntryWeaverOnDemand entryWeaver() throws ClassNotFoundException {
        return new EntryWeaverOnDemand(dispatcher(ENTRY_DISPATCHER), instrumentation);
    }

    /** For executors of the application that run others' tasks. */
    public DispatcherOnDemand itemDispatcher() throws ClassNotFoundException {
        return dispatcher(ITEM_DISPATCHER);
    }

    private DispatcherOnDemand dispatcher(String name) throws ClassNotFoundException {
        return new DispatcherOnDemand(access, BootAccess.classFile(jdkAccess, name));
    }
}
