package io.corral.runtime.hook;

import io.corral.runtime.membership.SubmittedTasks;

/** A pool of the JDK's that remembers where tasks come from that can't: woven into it when its class is loaded. */
public interface HandingPool {

    SubmittedTasks corral$tasks();

    /** The queue of tasks that wait. */
    Iterable<?> corral$queue();
}
