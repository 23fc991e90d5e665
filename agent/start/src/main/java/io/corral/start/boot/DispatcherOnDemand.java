package io.corral.start.boot;

import io.corral.weaver.items.ItemDispatcher;

/**
 * Defines a class of {@code java.lang} that woven classes of the application call, when the first
 * of these is loaded.
 */
public final class DispatcherOnDemand implements ItemDispatcher {

    private final BootAccess access;
    private final byte[] dispatcher;
    private boolean isDefined;

    DispatcherOnDemand(BootAccess access, byte[] dispatcher) {
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
