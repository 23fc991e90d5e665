package io.corral.runtime.control;

import io.corral.runtime.container.Destination;

import org.jspecify.annotations.Nullable;

/** The destination of a request, or of a part of one, at a server. The rules implement it. */
public interface RequestDestination extends Destination {

    /**
     * Whether the request may wait, if its thread may. Not when the application has seen it, since
     * it may hold a connection or a lock then, and not where the server's method must not block.
     */
    boolean mayWait();

    /**
     * Whether a limit may count the request from here on. Later parts of a request that it has not
     * counted from its begin are not counted.
     */
    boolean mayBeCounted();

    /**
     * Whether a part is counted that follows when the counted ones have ended. So it is if the
     * server does not tell when a request ends.
     */
    boolean countsAgain();

    /** What an earlier part of the request was admitted with; null if no part was. */
    @Nullable Admission admission();

    /** Remembers an admission for the later parts of the request. */
    void admitted(Admission admission);

    /** Whether the server's method can answer for a request that is refused. */
    boolean canRefuse();

    /**
     * Answers a request that is refused. The method that would have handled it is then skipped.
     *
     * @return false if the answer could not be given; then the request goes on
     */
    boolean refuse(Refused refused);
}
