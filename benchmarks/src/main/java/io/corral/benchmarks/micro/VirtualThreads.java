package io.corral.benchmarks.micro;

import io.corral.Container;
import io.corral.Scope;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Starts virtual threads on JDK 21 and later; this module is compiled for 17. */
public final class VirtualThreads {

    private static final MethodHandle START = find();

    private VirtualThreads() {}

    private static MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class,
                            "startVirtualThread",
                            MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads need JDK 21 or later", e);
        }
    }

    /** Born in {@code container}. */
    public static Thread start(Container container, Runnable task) {
        try (Scope scope = container.enter()) {
            return start(task);
        }
    }

    public static Thread start(Runnable task) {
        try {
            return (Thread) START.invokeExact(task);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("startVirtualThread declares no exception", e);
        }
    }
}
