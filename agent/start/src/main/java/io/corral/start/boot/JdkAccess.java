package io.corral.start.boot;

import io.corral.runtime.jdk.ClockAccess;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.TaskAccess;
import io.corral.runtime.jdk.TestedJdks;
import io.corral.runtime.jdk.ThreadAccess;
import io.corral.runtime.jdk.ThreadLocalAccess;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.jdk.VmThreadAccess;
import io.corral.weaver.AgentTransformer;
import io.corral.weaver.JdkMembers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives the runtime access to private members of the JDK: instances of hidden nest mates of the
 * classes that have them. Their sources are in the module {@code jdk-access}.
 */
final class JdkAccess {

    private static final String PLAIN_THREADS = "java/lang/CorralPlainThreadAccess";
    private static final String THREADS = "java/lang/CorralThreadAccess";
    private static final String VIRTUAL_THREADS = "java/lang/CorralVirtualThreadAccess";
    private static final String CLOCKS = "sun/management/CorralClockAccess";

    /** The class needs only the package of its host, which is loaded in any JVM. */
    private static final String TASKS = "java/util/concurrent/CorralTaskAccess";

    private static final String THREAD_LOCALS = "java/lang/CorralThreadLocalAccess";

    private static final Module RUNTIME = Jdk.Provided.class.getModule();

    private JdkAccess() {}

    /**
     * Looks for the JDK's members that these classes use, on a JDK newer than the tested ones.
     *
     * @param jdkAccess their class files, by name
     * @return the first that is missing, as a line; null if there is none
     */
    static @Nullable String missing(Map<String, byte[]> jdkAccess)
            throws ClassNotFoundException, IOException {
        if (!TestedJdks.isNewerRunning()) {
            return null;
        }
        List<byte[]> users = new ArrayList<>();
        for (String each : List.of(THREADS, VIRTUAL_THREADS, TASKS, THREAD_LOCALS)) {
            users.add(BootAccess.classFile(jdkAccess, each));
        }
        if (management().isPresent()) {
            users.add(BootAccess.classFile(jdkAccess, CLOCKS));
        }
        return JdkMembers.missing(users);
    }

    /** @param jdkAccess their class files, by name */
    static void handOver(BootAccess access, Map<String, byte[]> jdkAccess)
            throws ClassNotFoundException {
        // Lets classes of java.base implement interfaces of the runtime.
        access.addReads(Object.class.getModule(), RUNTIME);
        Class<?> virtualThread = AgentTransformer.virtualThreadClass();
        Object clocks = clocks(access, jdkAccess);
        Jdk.Provided.of(
                (ThreadAccess) nestMate(
                        access,
                        Thread.class,
                        virtualThread == null ? PLAIN_THREADS : THREADS,
                        jdkAccess),
                virtualThread == null
                        ? null
                        : (VirtualThreadAccess)
                                nestMate(access, virtualThread, VIRTUAL_THREADS, jdkAccess),
                (ClockAccess) clocks,
                (VmThreadAccess) clocks,
                (TaskAccess) nestMate(access, ConcurrentHashMap.class, TASKS, jdkAccess),
                (ThreadLocalAccess) nestMate(access, ThreadLocal.class, THREAD_LOCALS, jdkAccess));
    }

    private static Object nestMate(
            BootAccess access, Class<?> host, String name, Map<String, byte[]> jdkAccess)
            throws ClassNotFoundException {
        return access.makeNestMate(host, name, BootAccess.classFile(jdkAccess, name));
    }

    /**
     * Lets each module that reads {@code copy}, a module with a copy of the API, read the runtime.
     */
    static void readWhereRead(BootAccess access, Module copy) {
        for (Module module : ModuleLayer.boot().modules()) {
            if (module.canRead(copy)) {
                access.addReads(module, RUNTIME);
            }
        }
    }

    /**
     * Null without the module {@code java.management}: then usage is unknown, and all else works.
     */
    private static @Nullable Object clocks(BootAccess access, Map<String, byte[]> jdkAccess)
            throws ClassNotFoundException {
        Optional<Module> management = management();
        if (management.isEmpty()) {
            return null;
        }
        access.addReads(management.get(), RUNTIME);
        // Loads only the library: initializing the JDK's class that loads it costs 2 ms.
        access.loadLibrary("management");
        Class<?> host = Class.forName("sun.management.ThreadImpl", false, null);
        return nestMate(access, host, CLOCKS, jdkAccess);
    }

    private static Optional<Module> management() {
        return ModuleLayer.boot().findModule("java.management");
    }
}
