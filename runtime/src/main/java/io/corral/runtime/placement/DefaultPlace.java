package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;

import org.jspecify.annotations.Nullable;

/**
 * Where one thread is born if neither code nor a rule of the user decides. The user's rules ask for
 * it only if they need it, since its container is made then.
 */
public final class DefaultPlace {

    private static final NamedPlaces NAMED = new NamedPlaces();

    /** Whether threads inherit the place of their starter even if Corral chose it. */
    private static volatile boolean inheritsAlways;

    private final Thread thread;
    private final boolean virtual;
    private final Membership parent;
    private final boolean staysInRoot;
    private @Nullable Decision decision;

    /**
     * @param parent where the parent works now; the root if the thread is adopted
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

    /** Where the parent works now; the root if the thread is adopted. */
    public Membership parent() {
        return parent;
    }

    /** The decision without rules. Always the same one. */
    public Decision decision() {
        Decision known = decision;
        if (known == null) {
            known = of(thread, virtual, parent, staysInRoot, null);
            decision = known;
        }
        return known;
    }

    /** Where the thread is born in other hierarchies than {@code main}. */
    public Membership elsewhere() {
        return isWorker(thread, virtual) ? Trees.ROOT : parent;
    }

    /** @param target the container that the thread is started in directly, or null */
    static Decision of(
            Thread thread,
            boolean virtual,
            Membership parent,
            boolean staysInRoot,
            @Nullable ContainerNode target) {
        if (target != null && target.hierarchy() == Trees.MAIN) {
            // It needs no other container of main.
            return Decision.of(isWorker(thread, virtual) ? Trees.ROOT : parent, Decision.INHERIT)
                    .startedIn(target);
        }
        Decision decision = of(thread, virtual, parent, staysInRoot);
        return target == null ? decision : decision.startedIn(target);
    }

    private static Decision of(
            Thread thread, boolean virtual, Membership parent, boolean staysInRoot) {
        if (isWorker(thread, virtual)) {
            return Decision.of(Trees.ROOT.moveTo(PoolPlaces.of(thread)), Decision.POOL);
        }
        ContainerNode starter = parent.container(Trees.MAIN);
        if (staysInRoot || inheritsAlways || !starter.isChosen()) {
            return Decision.of(parent, Decision.INHERIT);
        }
        return virtual
                ? Decision.of(parent.moveTo(starter.virtualPlace()), Decision.VIRTUAL)
                : Decision.of(
                        parent.moveTo(NAMED.of(
                                Trees.MAIN.root().chosenChild(ContainerNode.THREADS),
                                thread.getName())),
                        Decision.THREAD);
    }

    private static boolean isWorker(Thread thread, boolean virtual) {
        return virtual ? PoolPlaces.isVirtualWorker(thread) : PoolPlaces.isWorker(thread);
    }
}
