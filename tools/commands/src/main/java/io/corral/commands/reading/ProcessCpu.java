package io.corral.commands.reading;

import io.corral.Usage;

/**
 * The CPU time of a process and its parts, in nanoseconds since its start. An unknown value is
 * {@link Usage#UNKNOWN}.
 *
 * @param jvmNanos the JVM's own threads
 * @param gcNanos a part of {@code jvmNanos}
 * @param jitNanos a part of {@code jvmNanos}
 * @param ownNanos Corral's hooks and readings, an estimate; a part of the containers' time
 */
public record ProcessCpu(
        long processNanos,
        long containersNanos,
        long jvmNanos,
        long gcNanos,
        long jitNanos,
        long ownNanos) {

    /**
     * What is in no other part: most of it is what ending threads use, 30 to 200 us each. It may be
     * negative. It is computed, because earlier versions of Corral left an estimate of the end of
     * threads out of the number that they recorded.
     */
    public long unattributedNanos() {
        return Usage.isKnown(processNanos)
                        && Usage.isKnown(containersNanos)
                        && Usage.isKnown(jvmNanos)
                ? processNanos - containersNanos - jvmNanos
                : Usage.UNKNOWN;
    }
}
