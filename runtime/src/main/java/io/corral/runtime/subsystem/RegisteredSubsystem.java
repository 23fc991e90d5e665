package io.corral.runtime.subsystem;

import io.corral.Container;
import io.corral.Subsystem;
import io.corral.runtime.container.HierarchyTree;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A subsystem, the hierarchy whose events it hears, and which callbacks it overrides. */
final class RegisteredSubsystem {

    private static final List<String> FORK_CALLBACKS = List.of("canFork", "fork", "exit");
    private static final List<String> MOVE_CALLBACKS = List.of("canAttach", "attach", "switched");
    private static final List<String> CONTAINER_CALLBACKS =
            List.of("containerCreated", "containerRemoved");

    final Subsystem subsystem;
    final HierarchyTree hierarchy;

    /** Whether it knows the containers there were: until then it hears of containers alone. */
    volatile boolean introduced;

    /** Names of the callbacks that it overrides. */
    private final Set<String> callbacks = new HashSet<>();

    /** Without a lock: a class loader of the application's may be asked for whatever its methods name. */
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
            // Another method of its names a class that is not there. To call what it does not
            // override does no harm.
            callbacks.add(name);
        }
    }

    /** What it is called: by its class if it does not say. */
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
