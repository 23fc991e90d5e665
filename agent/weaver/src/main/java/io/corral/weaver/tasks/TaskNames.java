package io.corral.weaver.tasks;

/**
 * The names of hand-over's hooks in the runtime, of the field that it adds to the JDK's classes of
 * tasks, and of types of the JDK that the visitors share.
 */
final class TaskNames {

    private static final String HOOKS = "io/corral/runtime/hook/";

    static final String TASK_HOOK = HOOKS + "TaskHook";
    static final String FORK_JOIN_HOOK = HOOKS + "ForkJoinHook";
    static final String POOL_HOOK = HOOKS + "PoolHook";
    static final String WORKER_HOOK = HOOKS + "WorkerHook";
    static final String UNWOVEN_LOOP_HOOK = HOOKS + "UnwovenLoopHook";

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
