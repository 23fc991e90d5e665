package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/**
 * A placeholder in a path.
 *
 * @param <S> the kind of subject that is placed: a thread or an execution
 */
interface Placeholder<S> {

    /**
     * The value for a subject, or null if it is unknown.
     *
     * @throws PathTemplate.UnusableValueException if there is a reason to report
     */
    @Nullable String value(S subject);

    /** Whether the value is a path, which may have several names or none. */
    default boolean isPath() {
        return false;
    }
}
