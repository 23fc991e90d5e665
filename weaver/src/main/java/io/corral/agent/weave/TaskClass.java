package io.corral.agent.weave;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;

/**
 * The JDK's classes of tasks, pools and queues, and how each is woven. (No lambdas: they cost 20 ms
 * at start.)
 */
@SuppressWarnings("ImmutableEnumChecker")
enum TaskClass {
    FORK_JOIN_TASK(
            "java/util/concurrent/ForkJoinTask", TaskNames.TASK_WITH_SUBMITTER, Set.of("doExec")),
    FORK_JOIN_POOL(
            "java/util/concurrent/ForkJoinPool",
            null,
            Set.of("runWorker", "awaitWork", "createWorker")),
    FORK_JOIN_QUEUE("java/util/concurrent/ForkJoinPool$WorkQueue", null, Set.of("push")),
    /**
     * A dependent, which runs when a future completes. Its submitter is not the completing thread.
     */
    FUTURE_DEPENDENT(
            "java/util/concurrent/CompletableFuture$UniCompletion", null, Set.of("<init>")),
    /**
     * A task of {@code supplyAsync} or {@code runAsync}. Its executor may start a thread for it, or
     * run it on the calling thread.
     */
    FUTURE_COMPLETION("java/util/concurrent/CompletableFuture$Completion", null, Set.of("run")),
    FUTURE_SUPPLY(
            "java/util/concurrent/CompletableFuture$AsyncSupply", null, Set.of("<init>", "run")),
    FUTURE_RUN("java/util/concurrent/CompletableFuture$AsyncRun", null, Set.of("<init>", "run")),
    /** A delayed task, from JDK 25 on. One of the JDK's threads submits it when it is due. */
    DELAYED_TASK(
            "java/util/concurrent/DelayScheduler$ScheduledForkJoinTask", null, Set.of("<init>")),
    FUTURE_TASK("java/util/concurrent/FutureTask", TaskNames.TASK_WITH_SUBMITTER, Set.of()),
    POOL(
            "java/util/concurrent/ThreadPoolExecutor",
            TaskNames.WOVEN_POOL,
            Set.of(
                    "execute",
                    "reject",
                    "remove",
                    "shutdownNow",
                    "runWorker",
                    "getTask",
                    "processWorkerExit")),
    /** A pool's worker, whose first task is in no queue. */
    POOL_WORKER(
            "java/util/concurrent/ThreadPoolExecutor$Worker",
            TaskNames.SUBMITTER_FIELD,
            Set.of("<init>")),
    /** The queue of most pools. With its nodes' fields a pool needs no table. */
    POOL_QUEUE(
            "java/util/concurrent/LinkedBlockingQueue",
            TaskNames.WOVEN_QUEUE,
            Set.of("take", "poll", AfterDequeue.NAME)),
    POOL_QUEUE_NODE(
            "java/util/concurrent/LinkedBlockingQueue$Node",
            TaskNames.SUBMITTER_FIELD,
            Set.of("<init>")),
    SCHEDULED_POOL(
            "java/util/concurrent/ScheduledThreadPoolExecutor", null, Set.of("delayedExecute")),
    SCHEDULED_TASK(
            "java/util/concurrent/ScheduledThreadPoolExecutor$ScheduledFutureTask",
            TaskNames.REPEATED_TASK,
            Set.of()),
    TIMER_TASK("java/util/TimerTask", TaskNames.TASK_WITH_SUBMITTER, Set.of()),
    TIMER("java/util/Timer", null, Set.of("sched")),
    TIMER_THREAD("java/util/TimerThread", null, Set.of("mainLoop"));

    private final String internalName;
    private final @Nullable String added;
    private final Set<String> needed;

    TaskClass(String internalName, @Nullable String added, Set<String> needed) {
        this.internalName = internalName;
        this.added = added;
        this.needed = needed;
    }

    String internalName() {
        return internalName;
    }

    /** The interface that the class gets, or null. */
    @Nullable String added() {
        return added;
    }

    /** Whether the class only saves time: without its hooks tasks still keep their submitter. */
    boolean isShortcut() {
        return this == POOL_WORKER || this == POOL_QUEUE || this == POOL_QUEUE_NODE;
    }

    /** The names of the methods that must have the expected shape. */
    Set<String> needed() {
        return needed;
    }

    /** The visitor for a method. */
    MethodVisitor weave(TaskMethod method) {
        return switch (this) {
            case FORK_JOIN_TASK ->
                method.is("doExec") ? method.aroundForkJoinTask() : method.unchanged();
            case FORK_JOIN_POOL -> ofForkJoinPool(method);
            case FORK_JOIN_QUEUE ->
                isPush(method) ? method.taskAtEntry("submitted") : method.unchanged();
            case FUTURE_DEPENDENT, DELAYED_TASK ->
                method.is("<init>") ? method.objectAtEnd("created") : method.unchanged();
            case FUTURE_COMPLETION ->
                method.is("run") ? method.aroundRun("beginDependent") : method.unchanged();
            case FUTURE_SUPPLY, FUTURE_RUN ->
                method.is("<init>")
                        ? method.objectAtEnd("submitted")
                        : method.is("run") ? method.aroundRun("beginAsync") : method.unchanged();
            case POOL -> ofPool(method);
            case POOL_QUEUE -> ofQueue(method);
            case POOL_WORKER -> method.is("<init>") ? method.workerAtEnd() : method.unchanged();
            case POOL_QUEUE_NODE -> method.is("<init>") ? method.holderAtEnd() : method.unchanged();
            case SCHEDULED_POOL ->
                method.is("delayedExecute") ? method.submittedAtEntry() : method.unchanged();
            case TIMER -> method.is("sched") ? method.taskAtEntry("submitted") : method.unchanged();
            case TIMER_THREAD -> method.is("mainLoop") ? method.timerLoop() : method.unchanged();
            case FUTURE_TASK, SCHEDULED_TASK, TIMER_TASK -> method.unchanged();
        };
    }

    /**
     * Whether the method submits a task. On JDK 17 another method does so for tasks from outside
     * the pool.
     */
    private static boolean isPush(TaskMethod method) {
        return (method.is("push") || method.is("lockedPush"))
                && method.descriptor.startsWith("(Ljava/util/concurrent/ForkJoinTask;");
    }

    private static MethodVisitor ofForkJoinPool(TaskMethod method) {
        return switch (method.name) {
            case "runWorker" -> method.aroundForkJoinLoop();
            // Up to JDK 22 the loop calls it; see BeforeScan.
            case "scan" -> method.forkJoinAtEntry(BeforeScan.HOOK);
            // Since JDK 25 {@code deactivate} scans again for a while before it calls {@code
            // awaitWork}.
            case "deactivate", "awaitWork" -> method.forkJoinAtEntry("waits");
            case "createWorker" -> method.forkJoinAtEntry("createsWorker");
            default -> method.unchanged();
        };
    }

    private static MethodVisitor ofQueue(TaskMethod method) {
        return switch (method.name) {
            case "take" -> method.beforeWait();
            case "poll" ->
                method.descriptor.startsWith("(J") ? method.beforeWait() : method.unchanged();
            case AfterDequeue.NAME -> method.afterDequeue();
            default -> method.unchanged();
        };
    }

    private static MethodVisitor ofPool(TaskMethod method) {
        return switch (method.name) {
            case "execute" -> method.submittedAtEntry();
            case "reject" -> method.poolAndTaskAtEntry("rejected");
            case "remove" -> method.poolAndTaskAtEntry("removed");
            case "shutdownNow" -> method.poolAtEntry(TaskNames.POOL_HOOK, "emptied");
            case "runWorker" -> method.poolWorkerLoop();
            case "getTask" -> method.poolAtEntry(TaskNames.WORKER_HOOK, "looksForTask");
            case "processWorkerExit" -> method.poolAtEntry(TaskNames.WORKER_HOOK, "ends");
            default -> method.unchanged();
        };
    }

    /** The class of that name, or null. */
    static @Nullable TaskClass of(String internalName) {
        if (internalName.startsWith("java/util/")) {
            for (TaskClass known : values()) {
                if (known.internalName.equals(internalName)) {
                    return known;
                }
            }
        }
        return null;
    }
}
