package io.corral.agent.boot;

/** What the agent itself needs of the JDK's internals. */
interface BootAccess {

    /** Defines a class in the boot loader. */
    Class<?> define(String internalName, byte[] classFile);

    /** Defines a hidden class, a nest mate of {@code host}, which is in the boot loader, in its module. */
    Class<?> hiddenClass(Class<?> host, String internalName, byte[] classFile);

    /** Whether the JVM will write a class archive. */
    boolean isDumpingArchive();
}
