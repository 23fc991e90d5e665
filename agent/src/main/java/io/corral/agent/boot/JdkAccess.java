package io.corral.agent.boot;

import io.corral.runtime.jdk.ClockAccess;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.jdk.VmThreadAccess;
import java.lang.instrument.Instrumentation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives the runtime the JDK's private parts: hidden nest mates of the classes that hold them. */
public final class JdkAccess {

    private static final Module RUNTIME = Jdk.Handover.class.getModule();

    private JdkAccess() {}

    static void handOver(Instrumentation instrumentation, BootAccess access)
            throws ReflectiveOperationException {
        Modules.readRuntime(instrumentation, Object.class.getModule(), RUNTIME);
        Object threads =
                nestMate(access, Thread.class, AccessClasses.THREADS, AccessClasses.threads());
        Class<?> virtualThread = virtualThreadClass();
        Object virtualThreads = virtualThread == null
                ? null
                : nestMate(
                        access,
                        virtualThread,
                        AccessClasses.VIRTUAL_THREADS,
                        AccessClasses.virtualThreads());
        Object clocks = clocks(instrumentation, access);
        Jdk.Handover.of(
                (ThreadAccess) threads,
                (VirtualThreadAccess) virtualThreads,
                (ClockAccess) clocks,
                (VmThreadAccess) clocks);
    }

    /** Lets each module that reads {@code copy}, a module with the API in it, read the runtime that works. */
    static void readWhereRead(Instrumentation instrumentation, Module copy) {
        for (Module module : ModuleLayer.boot().modules()) {
            if (module.canRead(copy)) {
                Modules.readRuntime(instrumentation, module, RUNTIME);
            }
        }
    }

    /** Loaded, not initialized: that would fix the scheduler before the application configures it. */
    public static @Nullable Class<?> virtualThreadClass() {
        try {
            return Class.forName("java.lang.VirtualThread", false, null);
        } catch (ClassNotFoundException olderThan21) {
            return null;
        }
    }

    /** Null without the module {@code java.management}: usage is unknown then, the rest works. */
    private static @Nullable Object clocks(Instrumentation instrumentation, BootAccess access)
            throws ReflectiveOperationException {
        Optional<Module> management = ModuleLayer.boot().findModule("java.management");
        if (management.isEmpty()) {
            return null;
        }
        Modules.readRuntime(instrumentation, management.get(), RUNTIME);
        Modules.exportToAgent(instrumentation, management.get(), "sun.management");
        // Loads the natives, and creates no bean.
        Class.forName("sun.management.ManagementFactoryHelper", true, null);
        Class<?> host = Class.forName("sun.management.ThreadImpl", false, null);
        return nestMate(access, host, AccessClasses.CLOCKS, AccessClasses.clocks());
    }

    private static Object nestMate(BootAccess access, Class<?> host, String name, byte[] classFile)
            throws ReflectiveOperationException {
        return access.hiddenClass(host, name, classFile)
                .getDeclaredConstructor()
                .newInstance();
    }
}
