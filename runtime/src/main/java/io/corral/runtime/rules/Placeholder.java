package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/**
 * Stands for a part of a path.
 *
 * @param <S> what is placed
 */
interface Placeholder<S> {

    /**
     * The text for it; null if that is unknown.
     *
     * @throws PathTemplate.UnfitException with the reason, if there is one to tell
     */
    @Nullable String value(S subject);

    /** Whether the value is a path: several names, or none. */
    default boolean isPath() {
        return false;
    }
}
