package io.corral.agent.boot;

import java.lang.instrument.Instrumentation;

/** The boot loader, opened to the agent: the runtime is defined in it and given the JDK's private parts. */
public final class BootLoader {

    private final Instrumentation instrumentation;
    private final BootAccess access;

    /** @throws ReflectiveOperationException or a {@link LinkageError} if the JDK does not let us in */
    public BootLoader(Instrumentation instrumentation) throws ReflectiveOperationException {
        this.instrumentation = instrumentation;
        Modules.exportToAgent(
                instrumentation,
                Object.class.getModule(),
                "jdk.internal.misc",
                "jdk.internal.access");
        this.access = BootAccessClass.make();
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
        RuntimeClasses.define(access);
    }

    /** From here on classes of the runtime can be linked to. */
    public void defineRuntime() throws Exception {
        RuntimeClasses.define(access);
        ArchivedCopies.hide(instrumentation);
        JdkAccess.handOver(instrumentation, access);
    }
}
