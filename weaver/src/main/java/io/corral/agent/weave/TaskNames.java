package io.corral.agent.weave;

/** What the runtime calls that by which tasks are handed over, and what it is called in the JDK's classes. */
final class TaskNames {

    static final String HOOK = "io/corral/runtime/handover/TaskHook";
    static final String FORK_JOIN_HOOK = "io/corral/runtime/handover/ForkJoinHook";
    static final String POOL_HOOK = "io/corral/runtime/handover/PoolHook";
    static final String WORKER_HOOK = "io/corral/runtime/handover/WorkerHook";
    static final String HANDED_TASK = "io/corral/runtime/handover/HandedTask";
    static final String RUNNABLE_TASK = "io/corral/runtime/handover/RunnableTask";
    static final String PLACED_RUNNABLE = "io/corral/runtime/handover/PlacedRunnable";
    static final String REPEATED_TASK = "io/corral/runtime/handover/RepeatedTask";
    static final String TASK_HOLDER = "io/corral/runtime/handover/TaskHolder";
    static final String HANDING_QUEUE = "io/corral/runtime/handover/HandingQueue";
    static final String HANDING_POOL = "io/corral/runtime/handover/HandingPool";
    static final String VIRTUAL_WORKERS = "io/corral/runtime/handover/VirtualWorkers";
    static final String SUBMITTED_TASKS = "io/corral/runtime/handover/SubmittedTasks";

    static final String SUBMITTER = "corral$submitter";
    static final String TASKS = "corral$tasks";
    static final String WORKERS = "corral$workers";
    static final String QUEUE = "corral$queue";

    static final String OBJECT = "Ljava/lang/Object;";
    static final String THREAD = "Ljava/lang/Thread;";

    private TaskNames() {}
}
