package io.corral.commands.reading;

import io.corral.Usage;

/**
 * The CPU time of a process and its parts, in nanoseconds since its start. An unknown value is
 * {@link Usage#UNKNOWN}.
 *
 * @param jvm the JVM's own threads
 * @param gc a part of {@code jvm}
 * @param jit a part of {@code jvm}
 * @param own Corral's hooks and readings, an estimate; a part of the containers' time
 */
public record ProcessCpu(long process, long containers, long jvm, long gc, long jit, long own) {

    /**
     * What is in no other part: most of it is the end of threads, 30 to 200 us each. It may be
     * negative. It is computed, because earlier versions of Corral left an estimate of the end of
     * threads out of the number that they recorded.
     */
    public long unattributed() {
        return Usage.isKnown(process) && Usage.isKnown(containers) && Usage.isKnown(jvm)
                ? process - containers - jvm
                : Usage.UNKNOWN;
    }
}
