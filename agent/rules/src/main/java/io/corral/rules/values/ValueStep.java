package io.corral.rules.values;

import io.corral.rules.language.UnusableValueException;

import org.jspecify.annotations.Nullable;

/** One step from an object to a value in it. */
public interface ValueStep {

    /**
     * Reads the value. May run code of the application, and throws what that throws.
     *
     * @throws UnusableValueException if the object has no such value
     */
    @Nullable Object read(Object of);
}
