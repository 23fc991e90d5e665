package io.corral.runtime.subsystem;

import io.corral.Subsystem;
import io.corral.runtime.container.ContainerListener;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.notice.HookFailures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The registered subsystems, in one array for each callback, so that a callback that no subsystem
 * overrides costs nothing. Immutable; replaced as a whole at a registration.
 */
public final class Subsystems implements ContainerListener {

    /** The last generation. Greater numbers have other meanings in {@code MemberState}. */
    public static final char LAST_GENERATION = Character.MAX_VALUE - 2;

    private static volatile Subsystems registered =
            new Subsystems(new RegisteredSubsystem[0], (char) 1);

    /** Grows by one when a subsystem begins to be told of threads. */
    private final char generation;

    private final RegisteredSubsystem[] all;
    final RegisteredSubsystem[] canFork;
    final RegisteredSubsystem[] fork;
    final RegisteredSubsystem[] adopt;
    final RegisteredSubsystem[] exit;
    final RegisteredSubsystem[] canAttach;
    final RegisteredSubsystem[] attach;
    final RegisteredSubsystem[] switched;
    private final RegisteredSubsystem[] containerCreated;
    private final RegisteredSubsystem[] containerRemoved;

    private Subsystems(RegisteredSubsystem[] all, char generation) {
        this.all = all;
        this.generation = generation;
        RegisteredSubsystem[] introduced = introduced(all);
        this.canFork = overriding(introduced, "canFork");
        this.fork = overriding(introduced, "fork");
        this.adopt = overriding(introduced, "adopt");
        this.exit = overriding(introduced, "exit");
        this.canAttach = overriding(introduced, "canAttach");
        this.attach = overriding(introduced, "attach");
        this.switched = overriding(introduced, "switched");
        this.containerCreated = overriding(all, "containerCreated");
        this.containerRemoved = overriding(all, "containerRemoved");
    }

    private static RegisteredSubsystem[] introduced(RegisteredSubsystem[] all) {
        List<RegisteredSubsystem> introduced = new ArrayList<>();
        for (RegisteredSubsystem each : all) {
            if (each.since > 0) {
                introduced.add(each);
            }
        }
        return introduced.toArray(new RegisteredSubsystem[0]);
    }

    private static RegisteredSubsystem[] overriding(RegisteredSubsystem[] all, String callback) {
        List<RegisteredSubsystem> overriding = new ArrayList<>();
        for (RegisteredSubsystem each : all) {
            if (each.overrides(callback)) {
                overriding.add(each);
            }
        }
        return overriding.toArray(new RegisteredSubsystem[0]);
    }

    /**
     * @throws IllegalArgumentException if it is registered already
     * @throws IllegalStateException after {@link #LAST_GENERATION} registrations
     */
    public static void register(Subsystem subsystem) {
        Objects.requireNonNull(subsystem, "subsystem");
        if (registered.generation == LAST_GENERATION) {
            throw new IllegalStateException("subsystem not registered: there were "
                    + (int) LAST_GENERATION + " registrations in this JVM, which is the most");
        }
        RegisteredSubsystem added =
                new RegisteredSubsystem(subsystem, Trees.hierarchy(subsystem.hierarchy()));
        List<ContainerNode> there = new ArrayList<>();
        if (!add(added, there)) {
            throw new IllegalArgumentException(
                    "subsystem \"" + added.name() + "\" is registered already");
        }
        if (added.overrides("containerCreated")) {
            for (ContainerNode container : there) {
                if (!container.isRemoved() && !added.isOver) {
                    created(added, container);
                }
            }
        }
        synchronized (Trees.LOCK) {
            char generation = (char) (registered.generation + 1);
            added.since = generation;
            replace(new Subsystems(registered.all, generation));
        }
    }

    /** @return false if it is not registered */
    public static boolean unregister(Subsystem subsystem) {
        Objects.requireNonNull(subsystem, "subsystem");
        List<ContainerNode> there = new ArrayList<>();
        synchronized (Trees.LOCK) {
            RegisteredSubsystem[] known = registered.all;
            RegisteredSubsystem[] rest = new RegisteredSubsystem[known.length];
            int count = 0;
            RegisteredSubsystem over = null;
            for (RegisteredSubsystem each : known) {
                if (each.subsystem == subsystem) {
                    over = each;
                    collect(each.hierarchy.root(), there);
                } else {
                    rest[count++] = each;
                }
            }
            if (over == null) {
                return false;
            }
            replace(new Subsystems(Arrays.copyOf(rest, count), registered.generation));
            over.isOver = true;
        }
        for (ContainerNode container : there) {
            container.states().remove(subsystem);
        }
        return true;
    }

    /**
     * @param there receives the existing containers
     * @return false if the subsystem is registered already
     */
    private static boolean add(RegisteredSubsystem added, List<ContainerNode> there) {
        synchronized (Trees.LOCK) {
            RegisteredSubsystem[] known = registered.all;
            for (RegisteredSubsystem each : known) {
                if (each.subsystem == added.subsystem) {
                    return false;
                }
            }
            RegisteredSubsystem[] grown = Arrays.copyOf(known, known.length + 1);
            grown[known.length] = added;
            Subsystems all = new Subsystems(grown, registered.generation);
            collect(added.hierarchy.root(), there);
            // All allocations come before this, so that a failed registration can be repeated.
            replace(all);
            return true;
        }
    }

    /** Under {@link Trees#LOCK}. */
    private static void replace(Subsystems all) {
        registered = all;
        Trees.listener(all);
    }

    /** Collects parents before their children. */
    private static void collect(ContainerNode container, List<ContainerNode> into) {
        into.add(container);
        for (ContainerNode child : container.childNodes()) {
            collect(child, into);
        }
    }

    /**
     * The subsystems registered now. A caller that asks them must notify the same ones later. Under
     * {@link Trees#LOCK}, all other subsystems are told of a new container by their registration.
     */
    public static Subsystems registered() {
        return registered;
    }

    public boolean isEmpty() {
        return all.length == 0;
    }

    public char generation() {
        return generation;
    }

    @Override
    public void containerCreated(ContainerNode container) {
        for (RegisteredSubsystem each : containerCreated) {
            if (each.hierarchy == container.hierarchy() && !each.isOver) {
                created(each, container);
            }
        }
    }

    private static void created(RegisteredSubsystem each, ContainerNode container) {
        try {
            Object state = each.subsystem.containerCreated(container.api());
            if (state != null) {
                container.states().put(each.subsystem, state);
                // The subsystem may have been unregistered meanwhile, by its callback or by another
                // thread, before the state was stored.
                if (each.isOver) {
                    container.states().remove(each.subsystem, state);
                }
            }
        } catch (Throwable failure) {
            each.failed(HookFailures.CONTAINER_CREATED, failure);
        }
    }

    @Override
    public void containerRemoved(ContainerNode container) {
        for (RegisteredSubsystem each : containerRemoved) {
            if (each.hierarchy == container.hierarchy() && !each.isOver) {
                try {
                    each.subsystem.containerRemoved(container.api());
                } catch (Throwable failure) {
                    each.failed(HookFailures.CONTAINER_REMOVED, failure);
                }
            }
        }
    }
}
