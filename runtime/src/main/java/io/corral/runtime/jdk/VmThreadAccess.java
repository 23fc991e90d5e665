package io.corral.runtime.jdk;

/** The JVM's own threads: those without, or with a hidden, {@link Thread} object. */
public interface VmThreadAccess {

    /** How many there are now, roughly. */
    int count();

    /**
     * Fills in their names and CPU times in nanoseconds.
     *
     * @return how many were filled in
     */
    int read(String[] names, long[] cpuNanos);
}
