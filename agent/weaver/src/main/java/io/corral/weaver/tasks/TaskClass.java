package io.corral.weaver.tasks;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;

/**
 * The JDK's classes of tasks, pools and queues, and how each is woven. (No lambdas: they cost 20 ms
 * at start.)
 */
@SuppressWarnings("ImmutableEnumChecker")
enum TaskClass {
    FORK_JOIN_TASK("java/util/concurrent/ForkJoinTask", true, Set.of("doExec")),
    FORK_JOIN_POOL(
            "java/util/concurrent/ForkJoinPool",
            false,
            Set.of("runWorker", "awaitWork", "createWorker")),
    FORK_JOIN_QUEUE("java/util/concurrent/ForkJoinPool$WorkQueue", false, Set.of("push")),
    /**
     * A dependent, which runs when a future completes. Its submitter is not the completing thread.
     */
    FUTURE_DEPENDENT(
            "java/util/concurrent/CompletableFuture$UniCompletion", false, Set.of("<init>")),
    /**
     * A task of {@code supplyAsync} or {@code runAsync}. Its executor may start a thread for it, or
     * run it on the calling thread.
     */
    FUTURE_COMPLETION("java/util/concurrent/CompletableFuture$Completion", false, Set.of("run")),
    FUTURE_SUPPLY(
            "java/util/concurrent/CompletableFuture$AsyncSupply", false, Set.of("<init>", "run")),
    FUTURE_RUN("java/util/concurrent/CompletableFuture$AsyncRun", false, Set.of("<init>", "run")),
    /** The task that wakes a subscriber of a publisher, on any executor. */
    PUBLISHER_TASK(
            "java/util/concurrent/SubmissionPublisher$ConsumerTask",
            false,
            Set.of("<init>", "run")),
    /** A delayed task, from JDK 25 on. One of the JDK's threads submits it when it is due. */
    DELAYED_TASK(
            "java/util/concurrent/DelayScheduler$ScheduledForkJoinTask", false, Set.of("<init>")),
    FUTURE_TASK("java/util/concurrent/FutureTask", true, Set.of()),
    POOL(
            TaskNames.POOL,
            false,
            Set.of(
                    "execute",
                    "reject",
                    "remove",
                    "shutdownNow",
                    "runWorker",
                    "getTask",
                    "processWorkerExit")),
    /** A pool's worker, whose first task is in no queue. */
    POOL_WORKER(TaskNames.POOL_WORKER, true, Set.of("<init>")),
    /** The queue of most pools. With its nodes' fields a pool needs no table. */
    POOL_QUEUE(
            "java/util/concurrent/LinkedBlockingQueue",
            false,
            Set.of("take", "poll", DequeueHookVisitor.NAME)),
    POOL_QUEUE_NODE("java/util/concurrent/LinkedBlockingQueue$Node", true, Set.of("<init>")),
    SCHEDULED_POOL(
            "java/util/concurrent/ScheduledThreadPoolExecutor", false, Set.of("delayedExecute")),
    SCHEDULED_TASK(
            "java/util/concurrent/ScheduledThreadPoolExecutor$ScheduledFutureTask",
            false,
            Set.of()),
    TIMER_TASK("java/util/TimerTask", true, Set.of()),
    TIMER("java/util/Timer", false, Set.of("sched")),
    TIMER_THREAD("java/util/TimerThread", false, Set.of("mainLoop"));

    /** The classes that a virtual thread uses on its carrier in order to be woken after a time. */
    static final List<TaskClass> USED_ON_CARRIERS =
            List.of(FUTURE_TASK, POOL, POOL_WORKER, SCHEDULED_POOL, SCHEDULED_TASK);

    private final String internalName;
    private final boolean hasField;
    private final Set<String> needed;

    TaskClass(String internalName, boolean hasField, Set<String> needed) {
        this.internalName = internalName;
        this.hasField = hasField;
        this.needed = needed;
    }

    String internalName() {
        return internalName;
    }

    String simpleName() {
        return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
    }

    /** Whether the class gets a field for the submitter of a task, if it is not loaded yet. */
    boolean hasField() {
        return hasField;
    }

    /** The names of the methods that must have the expected shape. */
    Set<String> needed() {
        return needed;
    }

    /** The visitor for a method. */
    MethodVisitor weave(TaskMethod method) {
        return switch (this) {
            case FORK_JOIN_TASK -> ofForkJoinTask(method);
            case FORK_JOIN_POOL -> ofForkJoinPool(method);
            case FORK_JOIN_QUEUE -> ofForkJoinQueue(method);
            case FUTURE_DEPENDENT, DELAYED_TASK ->
                method.is("<init>") ? method.objectAtEnd("created") : method.to();
            case FUTURE_COMPLETION ->
                method.is("run") ? method.aroundRun("beginDependent") : method.to();
            case FUTURE_SUPPLY, FUTURE_RUN, PUBLISHER_TASK ->
                method.is("<init>")
                        ? method.objectAtEnd("made")
                        : method.is("run") ? method.aroundRun("beginAsync") : method.to();
            case POOL -> ofPool(method);
            case POOL_QUEUE -> ofQueue(method);
            case POOL_WORKER -> method.is("<init>") ? method.workerAtEnd() : method.to();
            case POOL_QUEUE_NODE -> method.is("<init>") ? method.holderAtEnd() : method.to();
            case SCHEDULED_POOL ->
                method.is("delayedExecute") ? method.scheduledAtEntry() : method.to();
            case TIMER -> method.is("sched") ? method.taskAtEntry("submitted") : method.to();
            case TIMER_THREAD -> method.is("mainLoop") ? method.timerLoop() : method.to();
            case FUTURE_TASK, SCHEDULED_TASK, TIMER_TASK -> method.to();
        };
    }

    /**
     * Whether the method submits a task. On JDK 17 another method does so for tasks from outside
     * the pool.
     */
    private static boolean isPush(TaskMethod method) {
        return (method.is("push") || method.is("lockedPush"))
                && method.descriptor().startsWith("(Ljava/util/concurrent/ForkJoinTask;");
    }

    private static MethodVisitor ofForkJoinTask(TaskMethod method) {
        return switch (method.name()) {
            case "doExec" -> method.aroundForkJoinTask();
            case "tryUnfork" -> method.forkJoinAtEntryAndResult("takesBack", "unforked");
            case "pollNextLocalTask", "pollTask", "pollSubmission" ->
                method.forkJoinAtEntry("takesBack");
            case "awaitDone" -> method.helping();
            default -> method.to();
        };
    }

    private static MethodVisitor ofForkJoinPool(TaskMethod method) {
        return switch (method.name()) {
            case "runWorker" -> method.aroundForkJoinLoop();
            // Up to JDK 22 the loop calls it; see ScanHookVisitor.
            case "scan" -> method.forkJoinAtEntry(ScanHookVisitor.HOOK);
            // Since JDK 25 {@code deactivate} scans again for a while before it calls {@code
            // awaitWork}.
            case "deactivate", "awaitWork" -> method.forkJoinAtEntry("waits");
            case "createWorker" -> method.forkJoinAtEntry("createsWorker");
            case "drainTasksTo" -> method.forkJoinAtEntry("takesBack");
            case "externalHelpQuiesce", "externalHelpQuiescePool" -> method.aroundHelp();
            default -> method.helping();
        };
    }

    private static MethodVisitor ofForkJoinQueue(TaskMethod method) {
        if (isPush(method)) {
            return method.taskAtEntry("submitted");
        }
        // The loop of a worker runs tasks there; the other methods help a thread that waits.
        return method.is("topLevelExec") ? method.to() : method.helping();
    }

    private static MethodVisitor ofQueue(TaskMethod method) {
        return switch (method.name()) {
            case "take" -> method.beforeWait();
            case "poll" -> method.descriptor().startsWith("(J") ? method.beforeWait() : method.to();
            case DequeueHookVisitor.NAME -> method.afterDequeue();
            default -> method.to();
        };
    }

    private static MethodVisitor ofPool(TaskMethod method) {
        return switch (method.name()) {
            case "execute" -> method.submittedBeforeQueue();
            case "reject" -> method.poolAndTaskAtEntry("rejected");
            case "remove" -> method.poolAndTaskAtResult("removed");
            case "shutdownNow" -> method.poolAtEntry(TaskNames.POOL_HOOK, "emptied");
            case "runWorker" -> method.poolWorkerLoop();
            case "beforeExecute" -> method.beforeExecute();
            case "getTask" -> method.aroundGetTask();
            case "processWorkerExit" -> method.poolAndQueueAtEntry("ends");
            default -> method.to();
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
