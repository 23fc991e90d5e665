package io.corral.runtime.container;

import io.corral.runtime.jdk.CarrierPin;
import io.corral.runtime.jdk.StackSafeMaps;
import io.corral.runtime.notice.Observer;

import org.jspecify.annotations.Nullable;

/** Puts a container into its tree. */
final class Creation {

    private Creation() {}

    /**
     * Subsystems are told of a container after the lock is released, since their callbacks may do
     * anything. A subsystem that is registered at this time is told here; a later one is told by
     * its registration.
     *
     * @return {@code child}, or the child of its name that exists already
     */
    static ContainerNode link(ContainerNode parent, ContainerNode child) {
        CreationCallbacks callbacks = new CreationCallbacks(child);
        boolean isDeferred = false;
        try {
            @Nullable ContainerListener listener;
            boolean isPinned = CarrierPin.pin();
            try {
                synchronized (Trees.LOCK) {
                    parent.checkLive("create \"" + child.name() + "\" in");
                    ContainerNode known = StackSafeMaps.get(parent.children, child.name());
                    if (known != null) {
                        return known;
                    }
                    listener = Trees.listener();
                    child.creationCallbacks = callbacks;
                    parent.hierarchy().nodes.makeRoom();
                    StackSafeMaps.put(parent.children, child.name(), child);
                    parent.hierarchy().nodes.add(child);
                    Bounds.add(1);
                }
            } finally {
                CarrierPin.unpin(isPinned);
            }
            Occupancy occupancy = child.occupancy();
            if (occupancy != null) {
                occupancy.linked(parent);
            }
            Observer observer = Observer.Current.observer;
            if (observer != null) {
                observer.containerCreated(child.api());
            }
            if (listener != null) {
                isDeferred = callbacks.runOrDefer(listener);
            }
        } finally {
            // Also if no memory or no stack is left, since other threads must not wait then.
            if (!isDeferred) {
                callbacks.end();
            }
        }
        return child;
    }
}
