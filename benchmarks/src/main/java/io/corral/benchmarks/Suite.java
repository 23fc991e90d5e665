package io.corral.benchmarks;

/** Figures of one subject on one JDK, each handed over as a {@link Row} as soon as it is there. */
public interface Suite {

    /**
     * Measures, which takes minutes.
     *
     * @throws Exception what keeps it from going on; the rows handed over before stay
     */
    void run() throws Exception;
}
