package io.corral.agent.boot;

import io.corral.agent.weave.ItemDispatcher;

/**
 * Defines the class that woven executors call. This is done when the first such executor is loaded.
 */
public final class ItemDispatcherOnDemand implements ItemDispatcher {

    private final BootAccess access;
    private final byte[] dispatcher;
    private boolean isDefined;

    ItemDispatcherOnDemand(BootAccess access, byte[] dispatcher) {
        this.access = access;
        this.dispatcher = dispatcher;
    }

    @Override
    public synchronized void define() {
        if (!isDefined) {
            access.define(dispatcher, 0, dispatcher.length);
            isDefined = true;
        }
    }
}
