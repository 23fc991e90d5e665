package sun.misc;

import java.util.function.UnaryOperator;
import jdk.internal.misc.Unsafe;

/**
 * Defines the first class of Corral in the boot loader: from its class file it makes an instance,
 * without a constructor. {@code sun.misc} is open to all, and the JDK exports its {@code Unsafe} to
 * that package's module. It works once, so that an application cannot use it.
 */
final class CorralDefiner implements UnaryOperator<Object> {

    private static volatile boolean isUsed;

    @Override
    public Object apply(Object classFile) {
        if (isUsed) {
            return null;
        }
        isUsed = true;
        Unsafe unsafe = Unsafe.getUnsafe();
        byte[] bytes = (byte[]) classFile;
        try {
            return unsafe.allocateInstance(
                    unsafe.defineClass(null, bytes, 0, bytes.length, null, null));
        } catch (InstantiationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
