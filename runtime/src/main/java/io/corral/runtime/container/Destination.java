package io.corral.runtime.container;

/**
 * The destination of a scope: a container, several containers, the place of a task's submitter, or
 * a measurement. What a thread's membership is there, memberships tell.
 */
public interface Destination {

    /** Whether a container of it was removed because it was idle; see {@link Occupancy}. */
    default boolean hasGivenWay() {
        return false;
    }

    /**
     * The destination with each container that has given way found or made again. This one if there
     * is none, or if it could not be made.
     */
    default Destination again() {
        return this;
    }
}
