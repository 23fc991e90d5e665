package io.corral.runtime.jdk;

/** The memory of the JVM's own data, outside of the heap. An address that is none ends the JVM. */
public interface NativeMemory {

    /**
     * The address of a variable of the JVM's that its libraries export, or 0. To be found it needs a library of the boot
     * loader that is linked with the JVM's.
     */
    long symbol(String name);

    long longAt(long address);

    byte byteAt(long address);

    /** The address of the JVM's object of the platform thread that calls: of a virtual thread's carrier. */
    long currentThread();
}
