package io.corral.runtime.control;

/**
 * What keeps a request from going on.
 *
 * @param by the container whose limit it is
 * @param queue where the request may wait
 * @param isForPlace whether it needs a place, and not a slot
 */
record Blocked(ContainerControl by, WaitQueue queue, boolean isForPlace) {

    /** The name of the limit. */
    String control() {
        return isForPlace ? LimitNames.REQUESTS_MAX : by.slotControl();
    }

    /** How long the request may wait. */
    long waitNanos() {
        return by.waitNanos(control());
    }
}
