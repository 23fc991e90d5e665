package io.corral.runtime.membership;

import io.corral.runtime.accounting.Counter;

/**
 * How many are in, counted by how many came and how many went, since each of these only grows and can be
 * counted without a cache line for all. Who asks reads who went first: one who came and went meanwhile
 * may be counted in, and will ask as well when it has gone; one who is in is never missed.
 */
final class Headcount {

    private final Counter came = new Counter();
    private final Counter went = new Counter();

    void enter() {
        came.increment();
    }

    void leave() {
        went.increment();
    }

    long count() {
        long gone = went.sum();
        return came.sum() - gone;
    }
}
