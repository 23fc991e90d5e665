package io.corral.runtime.placement;

import io.corral.runtime.container.Destination;
import io.corral.runtime.control.Refused;

import org.jspecify.annotations.Nullable;

/**
 * Decides in which containers executions of the application's methods work. The rules implement it.
 */
public interface EntryRules {

    /** A destination of a method that may prepare work which runs after its return. */
    interface Lasting extends Destination {

        /** Whether the scope stays open until the one around it closes. There is one then. */
        boolean outlastsMethod();
    }

    /**
     * Called on the thread that executes a method, before its body.
     *
     * @param site the number from {@link EntryTargets#site}
     * @param type the class that has the method
     * @param self the receiver; null for a static method
     * @param last the destination of the previous scope on this thread; null if it is unknown
     * @return the destination until the method returns; null to stay
     */
    @Nullable Destination destination(
            int site,
            Class<?> type,
            @Nullable Object self,
            @Nullable Object[] arguments,
            @Nullable Destination last);

    /** Whether a rule for a method lets its threads wait at the door of a container. */
    boolean mayWait(int site);

    /** A destination of a part of a request that was refused: its method is skipped too. */
    interface Skipped extends Destination {

        Refused refused();
    }
}
