package io.corral.runtime.handover;

import io.corral.runtime.jdk.TaskAccess;

/**
 * The classes of the JDK that have the field for a task's submitter. A class that was loaded before
 * the agent cannot get the field; then the tables of {@link SubmitterStore} and
 * {@link SubmissionTable} are used. The runtime does not refer to a class before it is loaded,
 * since a hook must not load it.
 */
public final class TaskClasses {

    /** Internal names. */
    public static final String FUTURE_TASK = "java/util/concurrent/FutureTask";

    public static final String FORK_JOIN_TASK = "java/util/concurrent/ForkJoinTask";
    public static final String TIMER_TASK = "java/util/TimerTask";
    public static final String SCHEDULED_TASK =
            "java/util/concurrent/ScheduledThreadPoolExecutor$ScheduledFutureTask";
    public static final String QUEUE = "java/util/concurrent/LinkedBlockingQueue";
    public static final String QUEUE_NODE = QUEUE + "$Node";
    public static final String POOL_WORKER = "java/util/concurrent/ThreadPoolExecutor$Worker";

    static final int NOT_LOADED = 0;
    static final int WITH_FIELD = 1;
    static final int WITHOUT_FIELD = 2;

    static volatile int futureTask = NOT_LOADED;
    static volatile int forkJoinTask = NOT_LOADED;
    static volatile int timerTask = NOT_LOADED;
    static volatile boolean areScheduledTasksLoaded;

    /** Whether {@link ForkedTasks} is used. */
    static volatile boolean areForksStacked;

    private static volatile boolean areNodesWithField;
    private static volatile boolean isQueueWoven;
    private static volatile boolean isWorkerWithoutField;

    private TaskClasses() {}

    /**
     * Called by the weaver, before there is an object of the class, or later if the class has no
     * field.
     *
     * @param isWhole whether the class has all of its hooks, and its field if it needs one
     */
    public static void loaded(String internalName, boolean isWhole) {
        int state = isWhole ? WITH_FIELD : WITHOUT_FIELD;
        switch (internalName) {
            case FUTURE_TASK -> futureTask = state;
            case FORK_JOIN_TASK -> forkJoinTaskLoaded(state);
            case TIMER_TASK -> timerTask = state;
            case SCHEDULED_TASK -> areScheduledTasksLoaded = true;
            case QUEUE_NODE -> areNodesWithField = isWhole;
            case QUEUE -> isQueueWoven = isWhole;
            case POOL_WORKER -> isWorkerWithoutField = !isWhole;
            default -> {}
        }
    }

    private static void forkJoinTaskLoaded(int state) {
        forkJoinTask = state;
        if (state == WITHOUT_FIELD) {
            ForkedTasks.initialize();
            areForksStacked = true;
        }
    }

    /**
     * Called where a class lacks the field that it should have: it was loaded where the JVM calls
     * no transformer, or another agent has replaced it.
     *
     * @param kind a constant of {@link TaskAccess}
     */
    static void lacksField(int kind) {
        switch (kind) {
            case TaskAccess.FUTURE_TASK -> futureTask = WITHOUT_FIELD;
            case TaskAccess.FORK_JOIN_TASK -> forkJoinTask = WITHOUT_FIELD;
            case TaskAccess.TIMER_TASK -> timerTask = WITHOUT_FIELD;
            case TaskAccess.QUEUE_NODE -> areNodesWithField = false;
            default -> isWorkerWithoutField = true;
        }
    }

    /** Whether {@link ForkedTasks} is used. */
    public static boolean areForksStacked() {
        return areForksStacked;
    }

    /**
     * Whether a submitter can be recorded in the node of a {@code LinkedBlockingQueue}, or in the
     * worker that is made for a task.
     */
    public static boolean areSubmittersInQueues() {
        return areNodesWithField && isQueueWoven && !isWorkerWithoutField;
    }

    /** Whether {@code LinkedBlockingQueue} says when a worker is about to wait. */
    public static boolean isQueueWoven() {
        return isQueueWoven;
    }
}
