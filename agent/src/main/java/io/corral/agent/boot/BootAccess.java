package io.corral.agent.boot;

/**
 * What the agent itself needs of the JDK's internals. The build generates the class that implements it, in {@code
 * io.corral.agent.pack.BootAccessClass}.
 */
public interface BootAccess {

    /** Defines a class in the boot loader. */
    void define(byte[] classFiles, int offset, int length);

    /**
     * Defines a hidden class, a nest mate of {@code host}, which is in the boot loader, in its module.
     *
     * @return an object of that class, which no constructor has seen
     */
    Object hidden(Class<?> host, String internalName, byte[] classFile);

    /** Lets {@code module} read {@code other}. */
    void addReads(Module module, Module other);

    /** Loads a library of the JDK's, for classes of the boot loader. */
    void loadLibrary(String name);

    /** Whether the JVM will write a class archive. */
    boolean isDumpingArchive();
}
