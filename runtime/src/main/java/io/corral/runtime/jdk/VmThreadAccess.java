package io.corral.runtime.jdk;

/** The JVM's own threads: those without a {@link Thread} object, or with a hidden one. */
public interface VmThreadAccess {

    /**
     * Fills in the names and the CPU nanoseconds of these threads.
     *
     * @return how many were filled in; if it is the arrays' length, there may be more
     */
    int read(String[] names, long[] cpuNanos);
}
