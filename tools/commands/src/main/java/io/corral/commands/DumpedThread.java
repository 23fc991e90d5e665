package io.corral.commands;

import io.corral.runtime.placement.ThreadFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a dump. Its class and its task are inferred from its outermost methods. No dump has
 * its group and its class loader.
 *
 * @param isCarrier whether the dump shows a virtual thread mounted on it; it does not show this for
 *     an idle carrier
 * @param methods of its stack, as class and name, innermost first
 */
record DumpedThread(
        String name,
        boolean isVirtual,
        boolean isCarrier,
        List<String> methods,
        boolean isStarterChosen)
        implements ThreadFacts {

    static final String FORK_JOIN_WORKER = "java.util.concurrent.ForkJoinWorkerThread";

    /**
     * The class of the JDK's helper threads, and of those of the default group of asynchronous
     * channels.
     */
    static final String INNOCUOUS = "jdk.internal.misc.InnocuousThread";

    /** The loop of a worker, in the JDK's class and in Tomcat's copy of it. */
    private static final String POOL_WORKER = "ThreadPoolExecutor$Worker.run";

    private static final String THREAD = "java.lang.Thread";

    DumpedThread(String name, boolean isVirtual, boolean isCarrier, List<String> methods) {
        this(name, isVirtual, isCarrier, List.copyOf(methods), true);
    }

    @Override
    public @Nullable String type() {
        if (isVirtual) {
            return "java.lang.VirtualThread";
        }
        int run = belowThreadEntry();
        if (run < 0) {
            return null;
        }
        String outermost = methods.get(methods.size() - 1);
        // If the outermost method is run, its class is the thread's class. Native threads and the
        // thread main begin with other methods.
        return isTask(run) || !outermost.endsWith(".run") ? THREAD : classOf(outermost);
    }

    @Override
    public @Nullable String task() {
        int run = belowThreadEntry();
        return isTask(run) && !isVirtual ? classOf(methods.get(run)) : null;
    }

    private boolean isTask(int run) {
        return run >= 0 && run < methods.size() - 1;
    }

    /**
     * The index of the outermost method that is not the entry of {@code Thread}, or -1. From JDK 19
     * on Thread.run calls Thread.runWith.
     */
    private int belowThreadEntry() {
        int run = methods.size() - 1;
        while (run >= 0 && isThreadEntry(methods.get(run))) {
            run--;
        }
        return run;
    }

    private static boolean isThreadEntry(String method) {
        return method.equals(THREAD + ".run") || method.equals(THREAD + ".runWith");
    }

    private static String classOf(String method) {
        return method.substring(0, Math.max(method.lastIndexOf('.'), 0));
    }

    /** The root, since no dump has the starter. */
    @Override
    public String starter() {
        return "/";
    }

    /** The same thread, as if its starter worked in a container of the user's. */
    DumpedThread startedFromUsersContainer() {
        return new DumpedThread(name, isVirtual, isCarrier, methods, false);
    }

    @Override
    public String virtualPlace() {
        return "/threads/virtual";
    }

    @Override
    public boolean isPoolWorker() {
        String type = type();
        return methods.stream().anyMatch(method -> method.endsWith(POOL_WORKER))
                || FORK_JOIN_WORKER.equals(type)
                || INNOCUOUS.equals(type);
    }
}
