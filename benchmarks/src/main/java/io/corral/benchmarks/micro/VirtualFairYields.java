package io.corral.benchmarks.micro;

import org.openjdk.jmh.annotations.Setup;

/** As {@link VirtualYields}, of a container with {@code fair}. */
public class VirtualFairYields extends VirtualYields {

    @Setup
    public void limit() {
        container.limits().fair(true);
    }
}
