package io.corral.runtime.handover;

import org.jspecify.annotations.Nullable;

/**
 * An object of the JDK's with a field for a task's submitter: the task itself
 * ({@link TaskWithSubmitter}), or the node of a queue or the worker that holds it. The interface
 * and the field are woven into the class when it is loaded.
 */
public interface SubmitterField {

    /** A {@code Membership}, or null. */
    @Nullable Object corral$submitter();

    void corral$submitter(@Nullable Object submitter);
}
