package io.corral.runtime.membership;

import io.corral.Container;
import io.corral.ForkRefusedException;
import io.corral.Refusal;
import io.corral.Subsystem;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Observer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registered subsystems, sorted by what they override: a callback that is not overridden is in
 * no array, and costs nothing. Immutable; replaced as a whole at a registration.
 */
public final class Subsystems {

    private static final class Attached {
        final Subsystem subsystem;
        final HierarchyTree hierarchy;

        /** Whether it knows the containers there were: until then it hears of containers alone. */
        volatile boolean introduced;

        /** Names of the callbacks that it overrides. */
        private final Set<String> callbacks = new HashSet<>();

        /** Without a lock: a class loader of the application's may be asked for whatever its methods name. */
        Attached(Subsystem subsystem, HierarchyTree hierarchy) {
            this.subsystem = subsystem;
            this.hierarchy = hierarchy;
            for (String name : FORK_CALLBACKS) {
                find(name, Thread.class, Container.class);
            }
            for (String name : MOVE_CALLBACKS) {
                find(name, Thread.class, Container.class, Container.class);
            }
            for (String name : CONTAINER_CALLBACKS) {
                find(name, Container.class);
            }
        }

        private void find(String name, Class<?>... parameters) {
            try {
                if (subsystem.getClass().getMethod(name, parameters).getDeclaringClass()
                        != Subsystem.class) {
                    callbacks.add(name);
                }
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException(impossible);
            } catch (LinkageError optional) {
                // Another method of its names a class that is not there. To call what it does not
                // override does no harm.
                callbacks.add(name);
            }
        }

        boolean overrides(String callback) {
            return callbacks.contains(callback);
        }
    }

    private static final List<String> FORK_CALLBACKS = List.of("canFork", "fork", "exit");
    private static final List<String> MOVE_CALLBACKS = List.of("canAttach", "attach", "switched");
    private static final List<String> CONTAINER_CALLBACKS =
            List.of("containerCreated", "containerRemoved");

    /** Made beforehand, for where there is no memory. (Its stack is not that of a start.) */
    @SuppressWarnings("StaticAssignmentOfThrowable")
    private static final ForkRefusedException UNEXPLAINED = new ForkRefusedException(
            "Thread not started: a subsystem refused, and to say why failed");

    private static volatile Subsystems registered = new Subsystems(new Attached[0]);

    private final Attached[] all;
    private final Attached[] canFork;
    private final Attached[] fork;
    private final Attached[] exit;
    private final Attached[] canAttach;
    private final Attached[] attach;
    private final Attached[] switched;
    private final Attached[] containerCreated;
    private final Attached[] containerRemoved;

    private Subsystems(Attached[] all) {
        this.all = all;
        Attached[] introduced = introduced(all);
        this.canFork = overriding(introduced, "canFork");
        this.fork = overriding(introduced, "fork");
        this.exit = overriding(introduced, "exit");
        this.canAttach = overriding(introduced, "canAttach");
        this.attach = overriding(introduced, "attach");
        this.switched = overriding(introduced, "switched");
        this.containerCreated = overriding(all, "containerCreated");
        this.containerRemoved = overriding(all, "containerRemoved");
    }

    private static Attached[] introduced(Attached[] all) {
        List<Attached> introduced = new ArrayList<>();
        for (Attached attached : all) {
            if (attached.introduced) {
                introduced.add(attached);
            }
        }
        return introduced.toArray(new Attached[0]);
    }

    private static Attached[] overriding(Attached[] all, String callback) {
        List<Attached> overriding = new ArrayList<>();
        for (Attached attached : all) {
            if (attached.overrides(callback)) {
                overriding.add(attached);
            }
        }
        return overriding.toArray(new Attached[0]);
    }

    public static void register(Subsystem subsystem) {
        Objects.requireNonNull(subsystem, "subsystem");
        Attached added = new Attached(subsystem, Trees.hierarchy(subsystem.hierarchy()));
        List<ContainerNode> there = new ArrayList<>();
        synchronized (Trees.LOCK) {
            Attached[] known = registered.all;
            Attached[] grown = new Attached[known.length + 1];
            for (int i = 0; i < known.length; i++) {
                if (known[i].subsystem == subsystem) {
                    throw new IllegalArgumentException(
                            "subsystem \"" + subsystem.name() + "\" is registered already");
                }
                grown[i] = known[i];
            }
            grown[known.length] = added;
            registered = new Subsystems(grown);
            collect(added.hierarchy.root(), there);
        }
        if (registered.tellsCreated(added)) {
            for (ContainerNode container : there) {
                created(added, container);
            }
        }
        synchronized (Trees.LOCK) {
            added.introduced = true;
            registered = new Subsystems(registered.all);
        }
    }

    /** Parents before their children. */
    private static void collect(ContainerNode container, List<ContainerNode> into) {
        into.add(container);
        for (ContainerNode child : container.childNodes()) {
            collect(child, into);
        }
    }

    /** As of now: who asks some tells the same. Under {@link Trees#LOCK} these are all that will not find what is there by themselves. */
    static Subsystems registered() {
        return registered;
    }

    private boolean tellsCreated(Attached attached) {
        for (Attached each : containerCreated) {
            if (each == attached) {
                return true;
            }
        }
        return false;
    }

    /** Without the lock: a callback may do anything. */
    void containerCreated(ContainerNode container) {
        for (Attached attached : containerCreated) {
            if (attached.hierarchy == container.hierarchy()) {
                created(attached, container);
            }
        }
    }

    private static void created(Attached attached, ContainerNode container) {
        try {
            Object state = attached.subsystem.containerCreated(container);
            if (state != null) {
                container.keepState(attached.subsystem, state);
            }
        } catch (Throwable failure) {
            HookFailures.CONTAINER_CREATED.report(
                    failure, attached.subsystem.getClass().getName());
        }
    }

    static void containerRemoved(ContainerNode container) {
        for (Attached attached : registered.containerRemoved) {
            if (attached.hierarchy == container.hierarchy()) {
                try {
                    attached.subsystem.containerRemoved(container);
                } catch (Throwable failure) {
                    HookFailures.CONTAINER_REMOVED.report(
                            failure, attached.subsystem.getClass().getName());
                }
            }
        }
    }

    /**
     * On the parent: asks whether the child may start.
     *
     * @throws ForkRefusedException if one refused; those asked before it were told so, in reverse
     */
    public static void canFork(Thread thread, Membership home) {
        Attached[] asked = registered.canFork;
        int consented = 0;
        boolean begins = false;
        try {
            for (; consented < asked.length; consented++) {
                Attached each = asked[consented];
                ContainerNode container = home.container(each.hierarchy);
                Refusal refusal = refusal(each.subsystem, thread, container);
                if (refusal != null) {
                    throw refused(thread, container, each.subsystem, refusal);
                }
            }
            begins = true;
        } finally {
            if (!begins) {
                cancelFork(asked, consented, thread, home);
            }
        }
    }

    /** All have consented, and the thread does not start. */
    public static void cancelFork(Thread thread, Membership home) {
        Attached[] asked = registered.canFork;
        cancelFork(asked, asked.length, thread, home);
    }

    /** In reverse. */
    private static void cancelFork(
            Attached[] asked, int consented, Thread thread, Membership home) {
        for (int i = consented - 1; i >= 0; i--) {
            cancelFork(asked[i], thread, home);
        }
    }

    private static @Nullable Refusal refusal(
            Subsystem subsystem, Thread thread, ContainerNode container) {
        try {
            return subsystem.canFork(thread, container);
        } catch (Throwable failure) {
            HookFailures.CAN_FORK.report(failure, subsystem.getClass().getName());
            return null;
        }
    }

    private static void cancelFork(Attached attached, Thread thread, Membership home) {
        try {
            attached.subsystem.cancelFork(thread, home.container(attached.hierarchy));
        } catch (Throwable failure) {
            HookFailures.CANCEL_FORK.report(
                    failure, attached.subsystem.getClass().getName());
        }
    }

    /** Whatever it takes to say why: the thread does not start. */
    private static ForkRefusedException refused(
            Thread thread, ContainerNode container, Subsystem subsystem, Refusal refusal) {
        try {
            return explained(thread, container, subsystem, refusal);
        } catch (StackOverflowError doesNotStart) {
            throw doesNotStart;
        } catch (Throwable failure) {
            return UNEXPLAINED;
        }
    }

    /** What a subsystem is called: by its class if it does not say. */
    private static String name(Subsystem subsystem) {
        try {
            return subsystem.name();
        } catch (VirtualMachineError exhausted) {
            throw exhausted;
        } catch (Throwable broken) {
            return subsystem.getClass().getName();
        }
    }

    private static ForkRefusedException explained(
            Thread thread, ContainerNode container, Subsystem subsystem, Refusal refusal) {
        String name = name(subsystem);
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            observer.forkRefused(thread, container, name, refusal);
        }
        return new ForkRefusedException(
                "Thread \"" + thread.getName() + "\" not started in container " + container.path()
                        + ": " + name + " refused: " + refusal.reason());
    }

    /** On the parent, after the child was linked and before it can run. */
    public static void fork(Thread thread, Membership home) {
        for (Attached attached : registered.fork) {
            try {
                attached.subsystem.fork(thread, home.container(attached.hierarchy));
            } catch (Throwable failure) {
                HookFailures.FORK_CALLBACK.report(
                        failure, attached.subsystem.getClass().getName());
            }
        }
    }

    /** On the ending thread or its carrier, after it was unlinked. */
    public static void exit(Thread thread, Membership home) {
        for (Attached attached : registered.exit) {
            try {
                attached.subsystem.exit(thread, home.container(attached.hierarchy));
            } catch (Throwable failure) {
                HookFailures.EXIT_CALLBACK.report(
                        failure, attached.subsystem.getClass().getName());
            }
        }
    }

    public static boolean hasExitCallbacks() {
        return registered.exit.length > 0;
    }

    /**
     * On the thread that moves: asks whether it may.
     *
     * @return why not, or null; those asked before the one that refused were told so, in reverse
     */
    @Nullable String canAttach(Thread thread, ContainerNode from, ContainerNode to) {
        for (int i = 0; i < canAttach.length; i++) {
            if (canAttach[i].hierarchy == to.hierarchy()) {
                Refusal refusal = attachRefusal(canAttach[i].subsystem, thread, from, to);
                if (refusal != null) {
                    cancelAttach(i, thread, from, to);
                    return name(canAttach[i].subsystem) + " refused: " + refusal.reason();
                }
            }
        }
        return null;
    }

    /** All of these have consented, and the thread is not moved. */
    void cancelAttach(Thread thread, ContainerNode from, ContainerNode to) {
        cancelAttach(canAttach.length, thread, from, to);
    }

    /** In reverse. */
    private void cancelAttach(int consented, Thread thread, ContainerNode from, ContainerNode to) {
        for (int i = consented - 1; i >= 0; i--) {
            cancelAttach(canAttach[i], thread, from, to);
        }
    }

    private static @Nullable Refusal attachRefusal(
            Subsystem subsystem, Thread thread, ContainerNode from, ContainerNode to) {
        try {
            return subsystem.canAttach(thread, from, to);
        } catch (Throwable failure) {
            HookFailures.CAN_ATTACH.report(failure, subsystem.getClass().getName());
            return null;
        }
    }

    private static void cancelAttach(
            Attached attached, Thread thread, ContainerNode from, ContainerNode to) {
        if (attached.hierarchy == to.hierarchy()) {
            try {
                attached.subsystem.cancelAttach(thread, from, to);
            } catch (Throwable failure) {
                HookFailures.CANCEL_ATTACH.report(
                        failure, attached.subsystem.getClass().getName());
            }
        }
    }

    static void attached(Thread thread, ContainerNode from, ContainerNode to) {
        for (Attached attached : registered.attach) {
            if (attached.hierarchy == to.hierarchy()) {
                try {
                    attached.subsystem.attach(thread, from, to);
                } catch (Throwable failure) {
                    HookFailures.ATTACH_CALLBACK.report(
                            failure, attached.subsystem.getClass().getName());
                }
            }
        }
    }

    static void switched(Thread thread, Membership before, Membership after) {
        for (Attached attached : registered.switched) {
            ContainerNode from = before.container(attached.hierarchy);
            ContainerNode to = after.container(attached.hierarchy);
            if (from != to) {
                try {
                    attached.subsystem.switched(thread, from, to);
                } catch (Throwable failure) {
                    HookFailures.SWITCHED.report(
                            failure, attached.subsystem.getClass().getName());
                }
            }
        }
    }
}
