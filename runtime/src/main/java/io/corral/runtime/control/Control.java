package io.corral.runtime.control;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.NodeControl;
import io.corral.runtime.container.Trees;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.corral.runtime.thread.HomeCounts;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.ObjDoubleConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The limits in force. A container's limits are found when they are first needed, by the rules, and
 * again for each container when the rules change. Changes are made under one lock; hooks take none.
 */
public final class Control {

    private static final AtomicReferenceFieldUpdater<ContainerNode, @Nullable NodeControl> CONTROL =
            AtomicReferenceFieldUpdater.newUpdater(
                    ContainerNode.class, NodeControl.class, "control");

    /** Guards all changes of limits. */
    private static final Object LOCK = new Object();

    private static volatile @Nullable LimitRules rules;

    /** The lines of the rules that were reported, since they would nest fair containers. */
    private static final Set<String> REPORTED_AS_NESTED = ConcurrentHashMap.newKeySet();

    /** Their messages, until the tick prints them. */
    private static final ConcurrentLinkedQueue<String> NESTED = new ConcurrentLinkedQueue<>();

    /** The containers whose limits code or the command line has set. Guarded by the lock. */
    private static final Set<ContainerControl> OVERRIDDEN = ConcurrentHashMap.newKeySet();

    /** The containers that the tick looks at. */
    private static final Set<ContainerControl> ACTIVE = ConcurrentHashMap.newKeySet();

    /** Whether the limits were opened by hand. */
    private static volatile boolean isOff;

    private static final ControlTick TICK = new ControlTick();

    private static final ThreadLimits THREADS = new ThreadLimits();

    /**
     * The classes that a request or a start needs. One whose initialization fails, since no stack
     * is left, stays unusable.
     */
    private static final List<Class<?>> USED_BY_HOOKS = List.of(
            Admission.class,
            Admissions.class,
            BlockingPool.class,
            ClassInitializers.class,
            EventLoops.class,
            FairShare.class,
            FrameSearch.class,
            LimitNotices.class,
            MonitoredRequest.class,
            RequestPlaces.class,
            ThreadAudit.class,
            ThreadCount.class,
            ThreadRefusal.class);

    private Control() {}

    /** Sets the rules from now on; null for none. */
    public static void rules(@Nullable LimitRules next) {
        synchronized (LOCK) {
            if (rules == null && next == null) {
                return;
            }
            rules = next;
            REPORTED_AS_NESTED.clear();
            RunQueues.rules(next != null && next.haveFair());
            updateAll();
        }
    }

    /**
     * Changes what code or the command line has set for a container.
     *
     * @throws UnsupportedOperationException if the container may have no limits
     * @throws IllegalStateException if it was removed, or if fair containers would nest
     */
    public static void override(ContainerNode node, UnaryOperator<LimitSettings> change) {
        if (!mayBeLimited(node)) {
            throw new UnsupportedOperationException("container " + node + " can't have limits: "
                    + (node.parent() == null ? "it is a root" : "Corral has chosen it"));
        }
        synchronized (LOCK) {
            ContainerControl own = own(node);
            LimitSettings next = change.apply(own.overrides);
            if (!next.isEmpty()) {
                node.checkLive("limit");
            }
            if (next.inForce().fair() != null) {
                checkNotNested(node);
            }
            own.overrides = next;
            // What was removed keeps nothing switched on.
            OVERRIDDEN.removeIf(each -> each.container().isRemoved());
            if (next.isEmpty()) {
                OVERRIDDEN.remove(own);
            } else {
                OVERRIDDEN.add(own);
            }
            beginOrEnd(() -> update(node, above(node)));
        }
    }

    private static void checkNotNested(ContainerNode node) {
        for (ContainerControl above : chain(node).doors) {
            if (above.container() != node && above.settings().fair() != null) {
                throw new IllegalStateException("container " + node + " can't be fair: "
                        + above.container().path() + " above it is");
            }
        }
        String below = fairBelow(node);
        if (below != null) {
            throw new IllegalStateException(
                    "container " + node + " can't be fair: " + below + " below it is");
        }
    }

    /** The path of a container below that is fair; null if there is none. */
    private static @Nullable String fairBelow(ContainerNode node) {
        for (ContainerNode child : node.childNodes()) {
            ContainerControl own = chain(child).own;
            if (own != null && own.settings().fair() != null) {
                return child.path();
            }
            String below = fairBelow(child);
            if (below != null) {
                return below;
            }
        }
        return null;
    }

    /** The limits of a container, made if there are none yet. Under the lock. */
    private static ContainerControl own(ContainerNode node) {
        ContainerControl known = chain(node).own;
        if (known != null) {
            return known;
        }
        ContainerControl made = make(node);
        LimitChain above = chain(node);
        node.control = LimitChain.of(made, LimitSettings.NONE, above);
        return made;
    }

    /** What is in force for a container; nothing if it never had a limit. Any thread may call. */
    public static LimitSettings settings(ContainerNode node) {
        ContainerControl own = chain(node).own;
        return own == null ? LimitSettings.NONE : own.settings();
    }

    /** What code or the command line has set for a container. */
    public static LimitSettings overrides(ContainerNode node) {
        synchronized (LOCK) {
            ContainerControl own = chain(node).own;
            return own == null ? LimitSettings.NONE : own.overrides;
        }
    }

    /** The limits of a container and their state; null if it never had a limit. */
    public static @Nullable ContainerControl of(ContainerNode node) {
        return chain(node).own;
    }

    /** As {@link #of}; makes it. */
    public static ContainerControl ofOrNew(ContainerNode node) {
        synchronized (LOCK) {
            return own(node);
        }
    }

    /** Called by the thread of the tick. */
    static void reportNested() {
        String line = NESTED.poll();
        while (line != null) {
            Log.error(line);
            line = NESTED.poll();
        }
    }

    /** Called by the thread of the tick: forgets the limits of containers that were removed. */
    static void forgetRemoved() {
        for (ContainerControl each : OVERRIDDEN) {
            if (each.container().isRemoved()) {
                forget(each);
            }
        }
    }

    private static void forget(ContainerControl removed) {
        synchronized (LOCK) {
            OVERRIDDEN.remove(removed);
            switchOn(rules != null || !OVERRIDDEN.isEmpty());
        }
    }

    private static void initializeHooks() {
        for (Class<?> each : USED_BY_HOOKS) {
            try {
                Class.forName(each.getName(), true, each.getClassLoader());
            } catch (ClassNotFoundException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private static void switchOn(boolean isOn) {
        LimitSwitch.set(isOn);
        HomeCounts.counter(isOn ? THREADS : null);
    }

    /** Passes each container that has a limit, parents before children. Any thread may call. */
    public static void forEachLimited(Consumer<ContainerControl> action) {
        if (LimitSwitch.isOn()) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                forEachLimited(hierarchy.root(), action);
            }
        }
    }

    private static void forEachLimited(ContainerNode node, Consumer<ContainerControl> action) {
        if (node.control instanceof LimitChain known
                && known.own != null
                && known.own.settings().limit()) {
            action.accept(known.own);
        }
        for (ContainerNode child : node.childNodes()) {
            forEachLimited(child, action);
        }
    }

    /**
     * Passes the fair containers at whose door requests wait for their turn, and how many do. Those
     * that wait for a quota or for another request's end are not among them. Any thread may call.
     */
    public static void forEachDoor(ObjDoubleConsumer<ContainerNode> action) {
        for (ContainerControl each : ACTIVE) {
            int waiting = each.slots.waiters.size();
            if (waiting > 0 && !each.slots.isLimitedByQuota()) {
                action.accept(each.container(), waiting);
            }
        }
    }

    /** Opens all doors by hand, or puts the limits into force again. */
    public static void off(boolean isOff) {
        Control.isOff = isOff;
        RunQueues.update();
        for (ContainerControl each : ACTIVE) {
            each.slots.waiters.wakeAll();
            each.places.waiters.wakeAll();
        }
    }

    /** Whether {@link #off} has opened all doors. */
    public static boolean isOff() {
        return isOff;
    }

    /** Whether the limits are open because the tick has stopped or has failed. */
    public static boolean isDegraded() {
        return TICK.isDegraded();
    }

    /** Called by a request at a door. */
    static void tickIfOverdue(long nowNanoTime) {
        TICK.runIfOverdue(nowNanoTime);
    }

    /** Whether all requests pass. */
    static boolean isOpen(long nowNanoTime) {
        return isOff || TICK.isMissing(nowNanoTime);
    }

    /** The limits that hold for a container. Takes no lock; allocates at the first call only. */
    static LimitChain chain(ContainerNode node) {
        return node.control instanceof LimitChain known ? known : find(node);
    }

    private static LimitChain find(ContainerNode node) {
        try {
            LimitChain above = above(node);
            LimitSettings settings = inForce(node, LimitSettings.NONE, above);
            LimitChain found;
            if (settings.isEmpty()) {
                found = LimitChain.of(null, settings, above);
            } else {
                ContainerControl own = make(node);
                apply(settings, own);
                found = LimitChain.of(own, settings, above);
            }
            // If the rules have changed meanwhile, the change walks through all containers, and
            // finds this one.
            if (!CONTROL.compareAndSet(node, null, found) && found.own != null) {
                ThreadAudit.remove(found.own);
                RunQueues.remove(found.own);
            }
            return node.control instanceof LimitChain known ? known : found;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            HookFailures.CONTROL.report(failure);
            return LimitChain.EMPTY;
        }
    }

    private static ContainerControl make(ContainerNode node) {
        ContainerControl made = new ContainerControl(node);
        made.refusal(new ThreadRefusal(made));
        return made;
    }

    private static void apply(LimitSettings settings, ContainerControl to) {
        to.settings(settings);
        RunQueues.changed(to);
        if (settings.threadsMax() == null) {
            ThreadAudit.remove(to);
        } else {
            ThreadAudit.add(to);
        }
    }

    /** Whether a container may have limits: none of Corral's own places may. */
    public static boolean mayBeLimited(ContainerNode node) {
        return node.parent() != null && !node.isChosen() && !node.belongsToJvm();
    }

    private static LimitSettings inForce(
            ContainerNode node, LimitSettings overrides, LimitChain above) {
        LimitRules known = rules;
        LimitSettings byRules =
                known == null || !mayBeLimited(node) ? LimitSettings.NONE : known.settings(node);
        return withoutNestedFair(node, overrides.orElse(byRules).inForce(), above);
    }

    private static LimitSettings withoutNestedFair(
            ContainerNode node, LimitSettings settings, LimitChain above) {
        LimitSettings.Fair fair = settings.fair();
        if (fair == null) {
            return settings;
        }
        for (ContainerControl each : above.doors) {
            if (each.settings().fair() != null) {
                if (REPORTED_AS_NESTED.add(fair.origin())) {
                    // Printed by the tick: this may be called in a hook, under any lock.
                    NESTED.add(fair.origin() + ": container " + node + " is not fair: "
                            + each.container().path() + " above it is (logged once)");
                }
                return settings.with((LimitSettings.Fair) null);
            }
        }
        return settings;
    }

    /** Finds the limits of all containers again. Under the lock. */
    private static void updateAll() {
        beginOrEnd(() -> {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                update(hierarchy.root(), LimitChain.EMPTY);
            }
        });
    }

    /** Under the lock: changes limits; switches them on for the first, and off after the last. */
    private static void beginOrEnd(Runnable change) {
        boolean isOn = rules != null || !OVERRIDDEN.isEmpty();
        if (isOn) {
            initializeHooks();
            TICK.start();
        }
        change.run();
        switchOn(isOn);
        ThreadAudit.countPresent();
    }

    private static LimitChain above(ContainerNode node) {
        ContainerNode parent = node.parent();
        return parent == null ? LimitChain.EMPTY : chain(parent);
    }

    private static void update(ContainerNode node, LimitChain above) {
        while (true) {
            NodeControl before = node.control;
            ContainerControl own = before instanceof LimitChain known ? known.own : null;
            LimitSettings settings =
                    inForce(node, own == null ? LimitSettings.NONE : own.overrides, above);
            if (own == null && !settings.isEmpty()) {
                own = make(node);
            }
            LimitChain found = LimitChain.of(own, settings, above);
            if (CONTROL.compareAndSet(node, before, found)) {
                if (own != null && !own.settings().equals(settings)) {
                    LimitSettings was = own.settings();
                    apply(settings, own);
                    LimitChanges.report(node, was, settings);
                }
                for (ContainerNode child : node.childNodes()) {
                    update(child, found);
                }
                return;
            }
        }
    }

    /** Has the tick look at a container and at those above it that have doors. */
    static void activate(ContainerControl[] doors) {
        for (ContainerControl each : doors) {
            activate(each);
        }
    }

    /**
     * Has the tick look at a container. The caller counts its request or its thread first, since
     * the tick stops looking at a container that it finds empty.
     */
    static void activate(ContainerControl control) {
        if (control.isActive) {
            return;
        }
        boolean isAdded = false;
        // In this order, since the tick may rest meanwhile.
        control.isActive = true;
        try {
            ACTIVE.add(control);
            isAdded = true;
        } finally {
            if (!isAdded) {
                // There was no stack, or no heap. The next request tries again.
                control.isActive = false;
            }
        }
        TICK.wake();
    }

    /** Whether the tick has been missing for seconds. */
    static boolean isTickLate() {
        return TICK.isLate();
    }

    /** Ends the rest of the tick. */
    static void wakeTick() {
        TICK.wake();
    }

    /** Called by the tick. */
    static void rest(ContainerControl control) {
        // In this order: a request that finds the container active is seen by the caller.
        ACTIVE.remove(control);
        control.isActive = false;
    }

    /** Called by the tick once a second: has it look at quotas whose requests pass no door. */
    static void activateQuotas() {
        forEachLimited(Control::activateQuota);
    }

    private static void activateQuota(ContainerControl control) {
        if (control.settings().cpuMax() != null) {
            activate(control);
        }
    }

    static Set<ContainerControl> active() {
        return ACTIVE;
    }
}
