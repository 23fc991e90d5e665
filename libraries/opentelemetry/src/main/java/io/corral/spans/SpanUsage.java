package io.corral.spans;

import io.corral.Usage;

import org.jspecify.annotations.Nullable;

/**
 * What the end of a span has found.
 *
 * @param container the path of its container
 * @param cpuNanos CPU time of its thread; {@link Usage#UNKNOWN} if unknown
 * @param allocatedBytes heap bytes that its thread allocated; {@link Usage#UNKNOWN} if unknown
 * @param whyUnknown why a number is unknown, or null
 */
public record SpanUsage(
        String container,
        long cpuNanos,
        long allocatedBytes,
        @Nullable String whyUnknown) {

    /** The name of the attribute with the path. */
    public static final String CONTAINER = "corral.container";

    /** The name of the attribute with the CPU time, in seconds. */
    public static final String CPU_TIME = "corral.cpu.time";

    /** The name of the attribute with the bytes. */
    public static final String ALLOCATED = "corral.memory.allocated";

    /** The name of the attribute that says why a number is missing. */
    public static final String UNKNOWN = "corral.usage.unknown";
}
