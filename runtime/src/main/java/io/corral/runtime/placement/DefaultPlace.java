package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import org.jspecify.annotations.Nullable;

/**
 * The place in which one thread is born if neither code nor a rule of the user decides. It is
 * evaluated lazily, since its container is created then.
 */
public final class DefaultPlace {

    /** Whether threads inherit the place of their starter even if it is a chosen place. */
    private static volatile boolean inheritsAlways;

    private final Thread thread;
    private final boolean virtual;
    private final Membership parent;
    private final boolean staysInRoot;
    private @Nullable Decision decision;

    /**
     * @param parent the membership in which the parent works now; the root if the thread is adopted
     * @param staysInRoot whether the thread was not started by another one
     */
    public DefaultPlace(Thread thread, boolean virtual, Membership parent, boolean staysInRoot) {
        this.thread = thread;
        this.virtual = virtual;
        this.parent = parent;
        this.staysInRoot = staysInRoot;
    }

    /** Sets the option {@code placement}, for threads that start from now on. */
    static void inheritAlways(boolean inherits) {
        inheritsAlways = inherits;
    }

    public Thread thread() {
        return thread;
    }

    public boolean isVirtual() {
        return virtual;
    }

    /** The membership in which the parent works now; the root if the thread is adopted. */
    public Membership parent() {
        return parent;
    }

    /** The container of the hierarchy main in which the parent works now. */
    public ContainerNode starter() {
        return parent.container(Trees.MAIN);
    }

    /** Whether the starter is in a chosen place, and threads do not inherit chosen places. */
    public boolean isStarterChosen() {
        return !staysInRoot && !inheritsAlways && starter().isChosen();
    }

    public boolean isPoolWorker() {
        return virtual ? PoolWorkers.isVirtualWorker(thread) : PoolWorkers.isWorker(thread);
    }

    /** The class of the loader of the thread's class, or of its task's class; or null. */
    public @Nullable String origin() {
        return DefaultCondition.origin(thread);
    }

    /** The decision without rules of the user. Each call returns the same one. */
    public Decision decision() {
        Decision known = decision;
        if (known == null) {
            known = of(thread, virtual, parent, staysInRoot, null);
            decision = known;
        }
        return known;
    }

    /** The membership that the thread has in other hierarchies than {@code main}. */
    public Membership elsewhere() {
        DefaultRule rule = rule(thread, virtual, parent, staysInRoot);
        return rule == null || rule.asksForStarter() ? parent : Membership.ROOT;
    }

    /** @param target the container that the thread is started in directly, or null */
    static Decision of(
            Thread thread,
            boolean virtual,
            Membership parent,
            boolean staysInRoot,
            @Nullable ContainerNode target) {
        DefaultRule rule = rule(thread, virtual, parent, staysInRoot);
        if (rule == null) {
            Decision inherited = Decision.of(parent, Decision.INHERIT);
            return target == null ? inherited : inherited.startedIn(target);
        }
        Membership from = rule.asksForStarter() ? parent : Membership.ROOT;
        if (target != null && target.hierarchy() == Trees.MAIN) {
            // The thread needs no other container of main.
            return Decision.of(from.moveTo(target), Decision.EXPLICIT);
        }
        ContainerNode place = rule.container(thread, parent.container(Trees.MAIN));
        Decision decision = Decision.of(from.moveTo(place), rule.location);
        return target == null ? decision : decision.startedIn(target);
    }

    private static @Nullable DefaultRule rule(
            Thread thread, boolean virtual, Membership parent, boolean staysInRoot) {
        return DefaultRules.current()
                .of(thread, virtual, parent.container(Trees.MAIN), staysInRoot || inheritsAlways);
    }
}
