package io.corral.runtime.container;

/** CPU time of JVM threads that a container shows and no total above it holds. */
public interface VmUsage {
    long cpuNanos();
}
