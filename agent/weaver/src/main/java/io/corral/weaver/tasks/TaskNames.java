package io.corral.weaver.tasks;

/**
 * The names of hand-over's hooks in the runtime, of the field that it adds to the JDK's classes of
 * tasks, and of types of the JDK that the visitors share.
 */
final class TaskNames {

    private static final String HAND_OVER = "io/corral/runtime/handover/";

    static final String TASK_HOOK = HAND_OVER + "TaskHook";
    static final String FORK_JOIN_HOOK = HAND_OVER + "ForkJoinHook";
    static final String POOL_HOOK = HAND_OVER + "PoolHook";
    static final String WORKER_HOOK = HAND_OVER + "WorkerHook";

    static final String POOL = "java/util/concurrent/ThreadPoolExecutor";
    static final String POOL_WORKER = POOL + "$Worker";

    /** The field for a task's submitter. */
    static final String SUBMITTER = "corral$submitter";

    static final String OBJECT = "Ljava/lang/Object;";
    static final String RUNNABLE = "Ljava/lang/Runnable;";
    static final String COLLECTION = "Ljava/util/Collection;";
    static final String THREAD = "Ljava/lang/Thread;";

    private TaskNames() {}
}
