package io.corral.tools;

import io.corral.runtime.rules.ThreadFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A thread as a dump shows it. Its class and task are derived from its outermost methods. */
final class DumpedThread extends ThreadFacts {

    private static final String THREAD = "java.lang.Thread";

    private final String name;
    private final boolean virtual;
    private final boolean carries;
    private final List<String> methods;
    private final @Nullable String type;
    private final @Nullable String task;

    /**
     * @param carries whether the dump shows that it runs a virtual thread
     * @param methods the methods on its stack, by class and name, the innermost first
     */
    DumpedThread(String name, boolean virtual, boolean carries, List<String> methods) {
        this.name = name;
        this.virtual = virtual;
        this.carries = carries;
        this.methods = List.copyOf(methods);
        int outermost = methods.size() - 1;
        // Since JDK 19 one calls the other.
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

    /**
     * The class that declares the outermost {@code run}. The main thread and threads that attach
     * through JNI have another outermost method.
     */
    private static String typeOf(String outermost) {
        return outermost.endsWith(".run") ? classOf(outermost) : THREAD;
    }

    private static boolean isThreadsOwn(String method) {
        return method.equals(THREAD + ".run") || method.equals(THREAD + ".runWith");
    }

    private static String classOf(String method) {
        return method.substring(0, Math.max(method.lastIndexOf('.'), 0));
    }

    /**
     * Whether it is certainly a carrier. A dump does not identify carriers without a virtual
     * thread.
     */
    boolean carries() {
        return carries;
    }

    /** The methods by class and name, the innermost first. */
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

    /** Unknown: a dump does not show it. */
    @Override
    public @Nullable String group() {
        return null;
    }

    /** Unknown: a dump does not show it. */
    @Override
    public @Nullable String loader() {
        return null;
    }
}
