package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/** One step from an object to a value in it. */
interface ValueStep {

    /**
     * Reads the value. May run code of the application, and throws what that throws.
     *
     * @throws PathTemplate.UnusableValueException if the object has no such value
     */
    @Nullable Object read(Object of);
}
