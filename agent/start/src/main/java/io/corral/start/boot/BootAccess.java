package io.corral.start.boot;

import java.lang.reflect.InvocationHandler;
import java.util.Map;

/**
 * The operations on the JDK's internals that a start needs. They are called on an instance of
 * {@code java.lang.CorralBootAccess}, through an interface of the JDK.
 */
public final class BootAccess {

    private final InvocationHandler internals;

    BootAccess(InvocationHandler internals) {
        this.internals = internals;
    }

    /** The class file of a class of Corral in a package of the JDK. */
    static byte[] classFile(Map<String, byte[]> jdkAccess, String name)
            throws ClassNotFoundException {
        byte[] classFile = jdkAccess.get(name);
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return classFile;
    }

    /** Defines a class in the boot loader. */
    void define(byte[] classFiles, int offset, int length) {
        invoke("define", classFiles, offset, length);
    }

    /**
     * Defines a hidden class that is a nest mate of {@code host}, a class of the boot loader, and
     * in its module.
     *
     * @return an instance, made without a constructor
     */
    Object makeNestMate(Class<?> host, String internalName, byte[] classFile) {
        return invoke("makeNestMate", host, internalName, classFile);
    }

    /** Lets {@code module} read {@code other}. */
    void addReads(Module module, Module other) {
        invoke("addReads", module, other);
    }

    /** Loads a native library of the JDK for classes of the boot loader. */
    void loadLibrary(String name) {
        invoke("loadLibrary", name);
    }

    /** Whether the JVM will write a class archive. */
    boolean isDumpingArchive() {
        return (boolean) invoke("isDumpingArchive");
    }

    private Object invoke(String operation, Object... arguments) {
        try {
            return internals.invoke(operation, null, arguments);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
