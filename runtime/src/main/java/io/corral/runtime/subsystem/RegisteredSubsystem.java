package io.corral.runtime.subsystem;

import io.corral.Subsystem;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.notice.HookFailures;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A subsystem, its hierarchy, and the callbacks that it overrides. */
final class RegisteredSubsystem {

    final Subsystem subsystem;
    final HierarchyTree hierarchy;

    /**
     * The first generation of {@link Subsystems} in which it is told of threads. 0 until
     * {@code containerCreated} was called for all existing containers; until then, only its
     * callbacks for containers run.
     */
    volatile char firstGeneration;

    /**
     * Set when it is unregistered: no callback begins from then on, even on a thread that has read
     * the registered subsystems before.
     */
    volatile boolean isUnregistered;

    /**
     * The containers that existed at the registration and that the subsystem has not been told of
     * yet. Empty before and after the registration. Guarded by this.
     */
    private final Set<ContainerNode> untold = new HashSet<>();

    /** The container that the registering thread tells the subsystem of. Guarded by this. */
    private @Nullable ContainerNode telling;

    /** Whether that container was removed meanwhile. Guarded by this. */
    private boolean isRemovedMeanwhile;

    /** Names of the methods that it overrides. */
    private final Set<String> callbacks = new HashSet<>();

    /** Call it without a lock, since reflection may call class loaders of the application. */
    RegisteredSubsystem(Subsystem subsystem, HierarchyTree hierarchy) {
        this.subsystem = subsystem;
        this.hierarchy = hierarchy;
        for (Method callback : Subsystem.class.getMethods()) {
            addIfOverridden(callback.getName(), callback.getParameterTypes());
        }
    }

    /** @param told the generation of the latest subsystem that was told of the thread */
    boolean knowsThread(char told) {
        return !isUnregistered && told <= Subsystems.LAST_GENERATION && firstGeneration <= told;
    }

    boolean overrides(String callback) {
        return callbacks.contains(callback);
    }

    private void addIfOverridden(String name, Class<?>... parameters) {
        try {
            if (subsystem.getClass().getMethod(name, parameters).getDeclaringClass()
                    != Subsystem.class) {
                callbacks.add(name);
            }
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        } catch (LinkageError optional) {
            // The signature of another method has a missing class. The callback may be overridden,
            // and
            // to call it otherwise is harmless.
            callbacks.add(name);
        }
    }

    /** Called at the registration, before other threads find this. */
    synchronized void mustBeToldOf(List<ContainerNode> existing) {
        untold.addAll(existing);
    }

    /** @return false if the container was removed before: then the subsystem never hears of it */
    synchronized boolean beginsTelling(ContainerNode container) {
        boolean isDue = untold.remove(container);
        telling = isDue ? container : null;
        isRemovedMeanwhile = false;
        return isDue;
    }

    /** @return whether the container was removed meanwhile, so that the subsystem must be told */
    synchronized boolean endsTelling() {
        telling = null;
        return isRemovedMeanwhile;
    }

    /** Whether the thread that has removed a container must tell the subsystem. */
    synchronized boolean isToldOfRemoval(ContainerNode container) {
        if (container == telling) {
            isRemovedMeanwhile = true;
            return false;
        }
        return !untold.remove(container);
    }

    /** The name of the subsystem; the name of its class if the application's method fails. */
    String name() {
        try {
            return subsystem.name();
        } catch (VirtualMachineError exhausted) {
            throw exhausted;
        } catch (Throwable broken) {
            return subsystem.getClass().getName();
        }
    }

    /** Counts a failure of one of its callbacks. */
    void reportFailure(HookFailures failures, Throwable failure) {
        failures.report(failure, subsystem.getClass().getName());
    }
}
