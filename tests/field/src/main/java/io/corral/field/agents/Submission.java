package io.corral.field.agents;

/** A way in which work reaches another thread. */
interface Submission {

    /** Submits a task, which may run before this returns. */
    void submit(Runnable task) throws Exception;
}
