package io.corral.runtime.handover;

/** A pool of the JDK's that remembers where tasks come from that can't: woven into it when its class is loaded. */
public interface HandingPool {

    SubmittedTasks corral$tasks();

    /** The queue of tasks that wait. */
    Iterable<?> corral$queue();
}
