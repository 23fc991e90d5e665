package io.corral.runtime.placement;

import io.corral.runtime.container.Destination;

import org.jspecify.annotations.Nullable;

/**
 * Decides in which containers executions of the application's methods work. The rules implement it.
 */
public interface EntryRules {

    /**
     * Called on the thread that executes a method, before its body.
     *
     * @param site the number from {@link EntryTargets#site}
     * @param self the receiver; null for a static method
     * @param last the destination of the previous scope on this thread; null if it is unknown
     * @return the destination until the method returns; null to stay
     */
    @Nullable Destination destination(
            int site,
            @Nullable Object self,
            @Nullable Object[] arguments,
            @Nullable Destination last);
}
