package jdk.internal.misc;

import java.lang.reflect.Field;
import java.security.ProtectionDomain;

public final class Unsafe {

    public static native Unsafe getUnsafe();

    public native Class<?> defineClass(
            String name, byte[] b, int off, int len, ClassLoader loader, ProtectionDomain domain);

    public native Object allocateInstance(Class<?> type) throws InstantiationException;

    public native boolean shouldBeInitialized(Class<?> type);

    public native long objectFieldOffset(Class<?> type, String name);

    public native long objectFieldOffset(Field field);

    public native boolean getBooleanVolatile(Object object, long offset);

    public native Object getReference(Object object, long offset);

    public native void putReferenceVolatile(Object object, long offset, Object value);
}
