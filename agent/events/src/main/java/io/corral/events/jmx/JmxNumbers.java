package io.corral.events.jmx;

import io.corral.Usage;

import org.jspecify.annotations.Nullable;

/** Converts numbers that may be unknown to the form of JMX. */
final class JmxNumbers {

    private JmxNumbers() {}

    static @Nullable Long orNull(long value) {
        return Usage.isKnown(value) ? value : null;
    }
}
