package io.corral.examples.service;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Virtual threads where the JDK has them (21 and later); this module is compiled for 17. */
public final class VirtualThreads {

    private static final @Nullable MethodHandle START = find();

    private VirtualThreads() {}

    private static @Nullable MethodHandle find() {
        // 19 and 20 have the method too, but only as a preview: there it throws.
        if (Runtime.version().feature() < 21) {
            return null;
        }
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class,
                            "startVirtualThread",
                            MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    public static boolean exist() {
        return START != null;
    }

    /** Starts a virtual thread; a platform thread where there are none. */
    public static Thread start(Runnable task) {
        if (START == null) {
            Thread thread = new Thread(task, "instead-of-virtual");
            thread.start();
            return thread;
        }
        try {
            return (Thread) START.invokeExact(task);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("startVirtualThread declares no exception", e);
        }
    }
}
