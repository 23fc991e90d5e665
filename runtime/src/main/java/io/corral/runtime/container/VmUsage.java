package io.corral.runtime.container;

/** The CPU time of JVM threads that one container shows, and that no total above it includes. */
public interface VmUsage {
    long cpuNanos();
}
