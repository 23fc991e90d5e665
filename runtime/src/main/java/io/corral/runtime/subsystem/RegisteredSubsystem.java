package io.corral.runtime.subsystem;

import io.corral.Container;
import io.corral.Subsystem;
import io.corral.runtime.container.HierarchyTree;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A subsystem, its hierarchy, and the callbacks that it overrides. */
final class RegisteredSubsystem {

    private static final List<String> FORK_CALLBACKS = List.of("canFork", "fork", "adopt", "exit");
    private static final List<String> MOVE_CALLBACKS = List.of("canAttach", "attach", "switched");
    private static final List<String> CONTAINER_CALLBACKS =
            List.of("containerCreated", "containerRemoved");

    final Subsystem subsystem;
    final HierarchyTree hierarchy;

    /**
     * The first generation of {@link Subsystems} of which it is one that learns of threads; 0 as
     * long as {@code containerCreated} was not called for all containers that existed. Until then
     * only callbacks for containers run.
     */
    volatile char since;

    /**
     * Set when it is unregistered: no callback begins from then on, not even on a thread that had
     * asked for the registered ones before.
     */
    volatile boolean isOver;

    /** Names of the callbacks that it overrides. */
    private final Set<String> callbacks = new HashSet<>();

    /** Call it without a lock, since reflection may call class loaders of the application. */
    RegisteredSubsystem(Subsystem subsystem, HierarchyTree hierarchy) {
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

    /** Whether it knows of a thread of which the subsystems up to a generation were told. */
    boolean knows(char told) {
        return !isOver && told <= Subsystems.LAST_GENERATION && since <= told;
    }

    boolean overrides(String callback) {
        return callbacks.contains(callback);
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
            // Another method names a missing class. Calling a callback that is not overridden is
            // harmless.
            callbacks.add(name);
        }
    }

    /** Its name; that of its class if {@code name()} throws. */
    String name() {
        try {
            return subsystem.name();
        } catch (VirtualMachineError exhausted) {
            throw exhausted;
        } catch (Throwable broken) {
            return subsystem.getClass().getName();
        }
    }
}
