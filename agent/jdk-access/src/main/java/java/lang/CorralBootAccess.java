package java.lang;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import jdk.internal.access.JavaLangAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.loader.BootLoader;
import jdk.internal.misc.CDS;
import jdk.internal.misc.Unsafe;

/**
 * The operations of the JDK's internals that a start of the agent needs. The agent's
 * {@code BootAccess} calls them through an interface of the JDK, since this class cannot see one of
 * the agent's: the operation's name takes the place of the proxy. The class is not public, so that
 * only the holder of its one instance can call it.
 */
final class CorralBootAccess implements InvocationHandler {

    /** NESTMATE_CLASS, HIDDEN_CLASS and STRONG_LOADER_LINK of {@code MethodHandleNatives}. */
    private static final int HIDDEN_STRONG_NEST_MATE = 1 | 2 | 4;

    @Override
    public Object invoke(Object operation, Method unused, Object[] arguments)
            throws InstantiationException {
        switch ((String) operation) {
            case "define":
                return define((byte[]) arguments[0], (int) arguments[1], (int) arguments[2]);
            case "makeNestMate":
                return makeNestMate(
                        (Class<?>) arguments[0], (String) arguments[1], (byte[]) arguments[2]);
            case "addReads":
                SharedSecrets.getJavaLangAccess()
                        .addReads((Module) arguments[0], (Module) arguments[1]);
                return null;
            case "loadLibrary":
                BootLoader.loadLibrary((String) arguments[0]);
                return null;
            case "isDumpingArchive":
                return CDS.isDumpingArchive();
            default:
                throw new IllegalArgumentException((String) operation);
        }
    }

    /** Defines a class in the boot loader. The class file holds its name. */
    private static Class<?> define(byte[] classFiles, int offset, int length) {
        return Unsafe.getUnsafe().defineClass(null, classFiles, offset, length, null, null);
    }

    /**
     * Defines a hidden class as {@code Lookup.defineHiddenClass} does, which would ask for a lookup
     * from the host's own module.
     *
     * @return an instance, made without a constructor
     */
    private static Object makeNestMate(Class<?> host, String internalName, byte[] classFile)
            throws InstantiationException {
        JavaLangAccess access = SharedSecrets.getJavaLangAccess();
        return Unsafe.getUnsafe()
                .allocateInstance(access.defineClass(
                        null,
                        host,
                        internalName,
                        classFile,
                        null,
                        true,
                        HIDDEN_STRONG_NEST_MATE,
                        null));
    }
}
