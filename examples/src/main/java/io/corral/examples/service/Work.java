package io.corral.examples.service;

/** The work of an endpoint, in units of equal cost. */
interface Work {

    /** The path of the endpoint. */
    String path();

    /** Whether several threads share the work of a request, as they do for expensive work. */
    default boolean isShared() {
        return false;
    }

    /**
     * Does one unit. Called by several threads at once.
     *
     * @param number of the unit within its request; it selects the data and not the amount of work
     * @return a short text that depends on the result
     */
    String unit(int number) throws Exception;
}
