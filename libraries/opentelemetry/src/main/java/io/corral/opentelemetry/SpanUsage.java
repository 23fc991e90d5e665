package io.corral.opentelemetry;

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
record SpanUsage(
        String container,
        long cpuNanos,
        long allocatedBytes,
        @Nullable String whyUnknown) {}
