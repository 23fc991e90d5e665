package io.corral.runtime.subsystem;

import io.corral.Subsystem;
import io.corral.runtime.container.ContainerListener;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.CarrierPin;
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

    /** The last generation. Greater numbers have other meanings in {@code Member}. */
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
        RegisteredSubsystem[] following = following(all);
        this.canFork = overriding(following, "canFork");
        this.fork = overriding(following, "fork");
        this.adopt = overriding(following, "adopt");
        this.exit = overriding(following, "exit");
        this.canAttach = overriding(following, "canAttach");
        this.attach = overriding(following, "attach");
        this.switched = overriding(following, "switched");
        this.containerCreated = overriding(all, "containerCreated");
        this.containerRemoved = overriding(all, "containerRemoved");
    }

    /** The subsystems that are told of threads. */
    private static RegisteredSubsystem[] following(RegisteredSubsystem[] all) {
        List<RegisteredSubsystem> following = new ArrayList<>();
        for (RegisteredSubsystem each : all) {
            if (each.firstGeneration > 0) {
                following.add(each);
            }
        }
        return following.toArray(new RegisteredSubsystem[0]);
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
        List<ContainerNode> existing = new ArrayList<>();
        if (!add(added, existing)) {
            throw new IllegalArgumentException(
                    "subsystem \"" + added.name() + "\" is registered already");
        }
        if (added.overrides("containerCreated")) {
            for (ContainerNode container : existing) {
                if (!added.isUnregistered && added.beginsTelling(container)) {
                    created(added, container);
                    if (added.endsTelling()) {
                        removed(added, container);
                    }
                }
            }
        }
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (Trees.LOCK) {
                char generation = (char) (registered.generation + 1);
                added.firstGeneration = generation;
                replace(new Subsystems(registered.all, generation));
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
    }

    /** @return false if it is not registered */
    public static boolean unregister(Subsystem subsystem) {
        Objects.requireNonNull(subsystem, "subsystem");
        List<ContainerNode> existing = new ArrayList<>();
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (Trees.LOCK) {
                RegisteredSubsystem[] known = registered.all;
                RegisteredSubsystem[] rest = new RegisteredSubsystem[known.length];
                int count = 0;
                RegisteredSubsystem removed = null;
                for (RegisteredSubsystem each : known) {
                    if (each.subsystem == subsystem) {
                        removed = each;
                        collect(each.hierarchy.root(), existing);
                    } else {
                        rest[count++] = each;
                    }
                }
                if (removed == null) {
                    return false;
                }
                replace(new Subsystems(Arrays.copyOf(rest, count), registered.generation));
                removed.isUnregistered = true;
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
        for (ContainerNode container : existing) {
            container.states().remove(subsystem);
        }
        return true;
    }

    /**
     * @param existing receives the existing containers
     * @return false if the subsystem is registered already
     */
    private static boolean add(RegisteredSubsystem added, List<ContainerNode> existing) {
        boolean isPinned = CarrierPin.pin();
        try {
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
                collect(added.hierarchy.root(), existing);
                if (added.overrides("containerCreated")) {
                    added.mustBeToldOf(existing);
                }
                // All allocations come before this, so that a failed registration can be repeated.
                replace(all);
                return true;
            }
        } finally {
            CarrierPin.unpin(isPinned);
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
            if (each.hierarchy == container.hierarchy() && !each.isUnregistered) {
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
                if (each.isUnregistered) {
                    container.states().remove(each.subsystem, state);
                }
            }
        } catch (Throwable failure) {
            each.reportFailure(HookFailures.CONTAINER_CREATED, failure);
        }
    }

    @Override
    public void containerRemoved(ContainerNode container) {
        for (RegisteredSubsystem each : containerRemoved) {
            if (each.hierarchy == container.hierarchy() && each.isToldOfRemoval(container)) {
                removed(each, container);
            }
        }
    }

    private static void removed(RegisteredSubsystem each, ContainerNode container) {
        if (each.isUnregistered || !each.overrides("containerRemoved")) {
            return;
        }
        try {
            each.subsystem.containerRemoved(container.api());
        } catch (Throwable failure) {
            each.reportFailure(HookFailures.CONTAINER_REMOVED, failure);
        }
    }
}
