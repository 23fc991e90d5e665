package io.corral.runtime.jmx;

import io.corral.Usage;

import org.jspecify.annotations.Nullable;

/** Numbers that may be unknown, as JMX shows them. */
final class Known {

    private Known() {}

    static @Nullable Long orNull(long value) {
        return Usage.isKnown(value) ? value : null;
    }
}
