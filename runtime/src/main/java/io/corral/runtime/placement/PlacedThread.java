package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Membership;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread that is about to start or to be adopted: what rules ask about it, and its place if
 * neither code nor a rule of the user decides.
 */
public final class PlacedThread implements ThreadFacts {

    /** Whether threads inherit the place of their starter even if it is a chosen place. */
    private static volatile boolean inheritsAlways;

    private final Thread thread;
    private final boolean isVirtual;
    private final Membership startersPlace;
    private final boolean staysInRoot;
    private @Nullable Decision decision;

    /**
     * @param startersPlace the membership in which the starter works now; the root if the thread is
     *     adopted
     * @param staysInRoot whether the root is its place if no rule of the user matches
     */
    public PlacedThread(
            Thread thread, boolean isVirtual, Membership startersPlace, boolean staysInRoot) {
        this.thread = thread;
        this.isVirtual = isVirtual;
        this.startersPlace = startersPlace;
        this.staysInRoot = staysInRoot;
    }

    /** Sets the option {@code placement}, for threads that start from now on. */
    static void inheritAlways(boolean inherits) {
        inheritsAlways = inherits;
    }

    /** The membership in which the starter works now; the root if the thread is adopted. */
    public Membership startersPlace() {
        return startersPlace;
    }

    /** The container of the hierarchy main in which the starter works now. */
    ContainerNode startersContainer() {
        return startersPlace.container(Trees.MAIN);
    }

    @Override
    public String name() {
        return thread.getName();
    }

    @Override
    public boolean isVirtual() {
        return isVirtual;
    }

    @Override
    public String type() {
        return thread.getClass().getName();
    }

    @Override
    public boolean extendsClass(TextPattern pattern, @Nullable List<String> captures) {
        for (Class<?> type = thread.getClass(); type != null; type = type.getSuperclass()) {
            if (pattern.matches(type.getName(), captures)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable String task() {
        Runnable task = isVirtual ? null : Jdk.task(thread);
        return task == null ? null : task.getClass().getName();
    }

    @Override
    public @Nullable String group() {
        ThreadGroup group = thread.getThreadGroup();
        return group == null ? null : group.getName();
    }

    @Override
    public @Nullable String loader() {
        try {
            ClassLoader loader = thread.getContextClassLoader();
            if (loader == null) {
                return null;
            }
            String name = loader.getName();
            return name == null ? loader.getClass().getName() : name;
        } catch (RuntimeException overridden) {
            // The application can override getContextClassLoader and getName.
            return null;
        }
    }

    /** Does not call the loader's {@code getName}, since an application may override that. */
    @Override
    public @Nullable String origin() {
        if (isVirtual) {
            return null;
        }
        Runnable task = thread.getClass() == Thread.class ? Jdk.task(thread) : null;
        ClassLoader loader = (task == null ? thread : task).getClass().getClassLoader();
        return loader == null ? null : loader.getClass().getName();
    }

    @Override
    public String starter() {
        return startersContainer().path();
    }

    /** False if threads inherit chosen places. */
    @Override
    public boolean isStarterChosen() {
        return !staysInRoot && !inheritsAlways && startersContainer().isChosen();
    }

    @Override
    public String virtualPlace() {
        return startersContainer().virtualPlace().path();
    }

    @Override
    public boolean isPoolWorker() {
        return isVirtual ? PoolWorkers.isVirtualWorker(thread) : PoolWorkers.isWorker(thread);
    }

    /** The first default rule that matches, or null. */
    private @Nullable ThreadRule defaultRule() {
        return DefaultRules.current().first(this, isVirtual ? null : thread);
    }

    /**
     * The decision without rules of the user. Each call returns the same one. Evaluated lazily,
     * since its container is created then.
     */
    public Decision decision() {
        Decision known = decision;
        if (known == null) {
            known = decision(null);
            decision = known;
        }
        return known;
    }

    /** @param target the container that the thread is started in directly, or null */
    Decision decision(@Nullable ContainerNode target) {
        ThreadRule rule = defaultRule();
        if (rule == null) {
            return inherited(startersPlace, target);
        }
        Membership from = rule.asksForStarter() ? startersPlace : Membership.ROOT;
        if (target != null && target.hierarchy() == Trees.MAIN) {
            // The thread needs no other container of main.
            return Decision.of(from.moveTo(target), Decision.EXPLICIT);
        }
        ContainerNode place = rule.outcome().container(Trees.MAIN, this, List.of());
        if (place == null) {
            return inherited(startersPlace, target);
        }
        Decision decision = Decision.of(from.moveTo(place), rule.source());
        return target == null ? decision : decision.startedIn(target);
    }

    static Decision inherited(Membership startersPlace, @Nullable ContainerNode target) {
        Decision inherited = Decision.of(startersPlace, Decision.INHERIT);
        return target == null ? inherited : inherited.startedIn(target);
    }

    /** The membership that the thread has in other hierarchies than {@code main}. */
    public Membership elsewhere() {
        ThreadRule rule = defaultRule();
        return rule == null || rule.asksForStarter() ? startersPlace : Membership.ROOT;
    }
}
