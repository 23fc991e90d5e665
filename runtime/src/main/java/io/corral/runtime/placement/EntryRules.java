package io.corral.runtime.placement;

import io.corral.runtime.container.Destination;
import io.corral.runtime.container.Membership;

import org.jspecify.annotations.Nullable;

/** Where executions of the application's methods belong. Implemented in {@code io.corral.runtime.rules}. */
public interface EntryRules {

    /**
     * On the thread that executes a method, before its body.
     *
     * @param site the number that {@link EntryTargets#site} gave to the method
     * @param self whose method it is; null for a static one
     * @param last where the thread has gone before, which may be where it goes now; null if that is not known
     * @param place where the thread works, if there are many {@link io.corral.runtime.container.Combinations}; else null
     * @return where to work until it returns; null to stay
     */
    @Nullable Destination destination(
            int site,
            @Nullable Object self,
            @Nullable Object[] arguments,
            @Nullable Destination last,
            @Nullable Membership place);
}
