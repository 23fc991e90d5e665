package io.corral.examples.service;

/** What an endpoint does, in units that all cost the same. */
interface Work {

    /** The path of the endpoint. */
    String path();

    /** Whether a request has it done by several threads, the costly work. */
    default boolean isShared() {
        return false;
    }

    /**
     * Does one unit. Called by several threads at once.
     *
     * @param number of the unit within its request; it picks the data, never the amount of work
     * @return a short text that only the work can give
     */
    String unit(int number) throws Exception;
}
