package io.corral.tools;

import io.corral.runtime.placement.PoolNames;
import io.corral.runtime.placement.WorkerClasses;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The place of a dump's thread if no rule matches it, derived from its outermost methods. */
final class DefaultPlace {

    private static final String FORK_JOIN_WORKER = "java.util.concurrent.ForkJoinWorkerThread";

    /** The JDK's class, and Tomcat's copy of it. */
    private static final String POOL_WORKER = "ThreadPoolExecutor$Worker.run";

    private static final Set<String> JVMS = Set.of(
            "java.lang.ref.Reference$ReferenceHandler", "java.lang.ref.Finalizer$FinalizerThread");

    /**
     * Names of the JDK's helper threads, and of the threads of the default group of asynchronous
     * channels.
     */
    private static final String INNOCUOUS = "jdk.internal.misc.InnocuousThread";

    private static final String NO_NAME = "InnocuousThread-";

    /** Names of JVM threads that have no Java methods, or only those that write the dump. */
    private static final Set<String> JVMS_NAMES = Set.of(
            "Signal Dispatcher",
            "Service Thread",
            "Monitor Deflation Thread",
            "Notification Thread",
            "Sweeper thread",
            "Attach Listener");

    private static final List<String> JVMS_PREFIXES =
            List.of("C1 CompilerThread", "C2 CompilerThread", "VirtualThread-un", "JFR ");

    private static final String CARRIERS = "/jvm/carriers";

    /** Follows the place of a thread that {@link #mayCarry}. */
    static final String OR_CARRIERS = ", or " + CARRIERS + " if virtual threads run on it";

    private static final String CORRALS_NAME = "corral";
    private static final String CORRALS_CLASS = "io.corral.";

    private DefaultPlace() {}

    /** Whether it is a thread of the JVM's own, which no rule matches. */
    static boolean isJvms(DumpedThread thread) {
        return thread.carries() || (!thread.isVirtual() && isJvmsOwn(thread));
    }

    private static boolean isJvmsOwn(DumpedThread thread) {
        String name = thread.name();
        return JVMS_NAMES.contains(name)
                || JVMS_PREFIXES.stream().anyMatch(name::startsWith)
                || (thread.type() != null && JVMS.contains(thread.type()))
                || isCorrals(thread)
                || (INNOCUOUS.equals(thread.type()) && !name.startsWith(NO_NAME));
    }

    private static boolean isCorrals(DumpedThread thread) {
        String task = thread.task();
        return thread.name().startsWith(CORRALS_NAME)
                && task != null
                && task.startsWith(CORRALS_CLASS);
    }

    static String of(DumpedThread thread) {
        if (thread.carries()) {
            return CARRIERS;
        }
        if (isJvms(thread)) {
            return "below /jvm, as the JVM's own";
        }
        if (!isWorker(thread)) {
            return "where its parent works";
        }
        String pool = "/pools/" + PoolNames.of(thread.name());
        return mayCarry(thread) ? pool + OR_CARRIERS : pool;
    }

    /**
     * Whether it may be a carrier. Its name is like that of a worker of an unnamed pool, and a dump
     * does not say which it is.
     */
    static boolean mayCarry(DumpedThread thread) {
        return FORK_JOIN_WORKER.equals(thread.type()) && thread.name().startsWith("ForkJoinPool-");
    }

    private static boolean isWorker(DumpedThread thread) {
        if (thread.methods().stream().anyMatch(method -> method.endsWith(POOL_WORKER))) {
            return true;
        }
        return !thread.isVirtual() && isKnown(thread.type(), thread.task());
    }

    private static boolean isKnown(@Nullable String type, @Nullable String task) {
        return type != null
                && (type.equals(FORK_JOIN_WORKER)
                        || type.equals(INNOCUOUS)
                        || WorkerClasses.isThread(type)
                        || (task != null && WorkerClasses.isTask(task)));
    }
}
