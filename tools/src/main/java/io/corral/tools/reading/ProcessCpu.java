package io.corral.tools.reading;

import io.corral.Usage;

/**
 * The CPU time of a process and its parts, in nanoseconds since its start. An unknown value is
 * {@link Usage#UNKNOWN}.
 *
 * @param jvm the JVM's own threads
 * @param gc a part of {@code jvm}
 * @param jit a part of {@code jvm}
 * @param teardown an estimate
 * @param unattributed the part that is in no other part; may be negative
 * @param own Corral's hooks and readings, an estimate; a part of the containers' time
 */
public record ProcessCpu(
        long process,
        long containers,
        long jvm,
        long gc,
        long jit,
        long teardown,
        long unattributed,
        long own) {}
