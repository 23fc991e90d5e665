package io.corral.tools;

import io.corral.runtime.rules.ThreadFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a dump tells of a thread. Its class and its task are told by the outermost methods it is in. */
final class DumpedThread extends ThreadFacts {

    private static final String THREAD = "java.lang.Thread";

    private final String name;
    private final boolean virtual;
    private final boolean carries;
    private final List<String> methods;
    private final @Nullable String type;
    private final @Nullable String task;

    /**
     * @param carries whether it runs a virtual thread, as far as the dump tells
     * @param methods it is in, by class and name, the innermost first
     */
    DumpedThread(String name, boolean virtual, boolean carries, List<String> methods) {
        this.name = name;
        this.virtual = virtual;
        this.carries = carries;
        this.methods = List.copyOf(methods);
        int outermost = methods.size() - 1;
        // From JDK 19 on one calls the other.
        int run = outermost;
        while (run >= 0 && isThreadsOwn(methods.get(run))) {
            run--;
        }
        boolean runsTask = run >= 0 && run < outermost;
        this.task = runsTask && !virtual ? classOf(methods.get(run)) : null;
        this.type = virtual
                ? "java.lang.VirtualThread"
                : run < 0 ? null : runsTask ? THREAD : typeOf(methods.get(outermost));
    }

    /** Only {@code run} is of the thread's own class. Main has another, and what attaches through JNI. */
    private static String typeOf(String outermost) {
        return outermost.endsWith(".run") ? classOf(outermost) : THREAD;
    }

    private static boolean isThreadsOwn(String method) {
        return method.equals(THREAD + ".run") || method.equals(THREAD + ".runWith");
    }

    private static String classOf(String method) {
        return method.substring(0, Math.max(method.lastIndexOf('.'), 0));
    }

    /** Whether it surely is a carrier: of one that runs no virtual thread no dump tells. */
    boolean carries() {
        return carries;
    }

    /** By class and name, the innermost first. */
    List<String> methods() {
        return methods;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isVirtual() {
        return virtual;
    }

    @Override
    public @Nullable String type() {
        return type;
    }

    @Override
    public @Nullable String task() {
        return task;
    }

    /** No dump tells. */
    @Override
    public @Nullable String group() {
        return null;
    }

    /** No dump tells. */
    @Override
    public @Nullable String loader() {
        return null;
    }
}
