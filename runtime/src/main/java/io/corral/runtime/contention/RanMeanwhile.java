package io.corral.runtime.contention;

import java.util.List;

/**
 * A container whose ready threads waited for a CPU, and the others that used most CPU time
 * meanwhile.
 *
 * @param path of the container
 * @param waitedNanos how long its threads waited, summed over the threads
 * @param waiting how many of its threads waited on average
 * @param others three at most, the one with the largest part first
 */
public record RanMeanwhile(String path, double waitedNanos, double waiting, List<Other> others) {

    /** @param nanos the part of the waited time that this container gets */
    public record Other(String path, double nanos) {}
}
