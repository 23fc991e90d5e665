package io.corral.tools;

import io.corral.runtime.rules.ThreadFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A thread of a dump. Its class and its task are inferred from its outermost methods. */
final class DumpedThread extends ThreadFacts {

    private static final String THREAD = "java.lang.Thread";

    private final String name;
    private final boolean virtual;
    private final boolean isCarrier;
    private final List<String> methods;
    private final @Nullable String type;
    private final @Nullable String task;
    private final boolean isStarterChosen;

    /**
     * @param isCarrier whether the dump shows a virtual thread mounted on it
     * @param methods of its stack, as class and name, innermost first
     */
    DumpedThread(String name, boolean virtual, boolean isCarrier, List<String> methods) {
        this(name, virtual, isCarrier, methods, true);
    }

    private DumpedThread(
            String name,
            boolean virtual,
            boolean isCarrier,
            List<String> methods,
            boolean isStarterChosen) {
        this.isStarterChosen = isStarterChosen;
        this.name = name;
        this.virtual = virtual;
        this.isCarrier = isCarrier;
        this.methods = List.copyOf(methods);
        int outermost = methods.size() - 1;
        // From JDK 19 on Thread.run calls Thread.runWith.
        int run = outermost;
        while (run >= 0 && isThreadEntry(methods.get(run))) {
            run--;
        }
        boolean runsTask = run >= 0 && run < outermost;
        this.task = runsTask && !virtual ? classOf(methods.get(run)) : null;
        this.type = virtual
                ? "java.lang.VirtualThread"
                : run < 0 ? null : runsTask ? THREAD : typeOf(methods.get(outermost));
    }

    /**
     * If the outermost method is {@code run}, its class is the thread's class. Native threads and
     * the thread {@code main} begin with other methods.
     */
    private static String typeOf(String outermost) {
        return outermost.endsWith(".run") ? classOf(outermost) : THREAD;
    }

    private static boolean isThreadEntry(String method) {
        return method.equals(THREAD + ".run") || method.equals(THREAD + ".runWith");
    }

    private static String classOf(String method) {
        return method.substring(0, Math.max(method.lastIndexOf('.'), 0));
    }

    /** Whether the dump shows that this is a carrier. It does not show this for an idle carrier. */
    boolean isCarrier() {
        return isCarrier;
    }

    /** The methods of the stack as class and name, innermost first. */
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

    /** Unknown, since no dump has it. */
    @Override
    public @Nullable String group() {
        return null;
    }

    /** Unknown, since no dump has it. */
    @Override
    public @Nullable String loader() {
        return null;
    }

    /** The root, since no dump has the starter. */
    @Override
    public String starter() {
        return "/";
    }

    @Override
    public boolean isStarterChosen() {
        return isStarterChosen;
    }

    /** The same thread, as if its starter worked in a container of the user's. */
    DumpedThread startedFromUsersContainer() {
        return new DumpedThread(name, virtual, isCarrier, methods, false);
    }

    @Override
    public String virtualPlace() {
        return "/threads/virtual";
    }

    @Override
    public boolean isPoolWorker() {
        return DefaultPlace.isWorker(this);
    }
}
