package io.corral.runtime.handover;

import org.jspecify.annotations.Nullable;

/**
 * What holds one task for a pool, a node of its queue or a worker that was started for it, and remembers where the task comes
 * from: woven into the JDK's when its class is loaded.
 */
public interface TaskHolder {

    /** A {@code Membership}, or null. */
    @Nullable Object corral$submitter();

    void corral$submitter(@Nullable Object submitter);
}
