package io.corral.agent.weave;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;

/** The JDK's classes by which tasks are handed over, and what each needs. (No lambdas: they cost 20 ms at start.) */
@SuppressWarnings("ImmutableEnumChecker")
enum TaskClass {
    FORK_JOIN_TASK("java/util/concurrent/ForkJoinTask", TaskNames.HANDED_TASK, Set.of("doExec")),
    /** Up to JDK 21: see {@link KeptRunnable}. From then on it has other methods, and room. */
    FORK_JOIN_RUNNABLE(
            "java/util/concurrent/ForkJoinTask$RunnableExecuteAction",
            TaskNames.RUNNABLE_TASK,
            Set.of("exec")),
    FORK_JOIN_POOL(
            "java/util/concurrent/ForkJoinPool",
            null,
            Set.of("runWorker", "awaitWork", "createWorker")),
    FORK_JOIN_QUEUE("java/util/concurrent/ForkJoinPool$WorkQueue", null, Set.of("push")),
    FUTURE_DEPENDENT(
            "java/util/concurrent/CompletableFuture$UniCompletion", null, Set.of("<init>")),
    /** An executor may start a thread for it, or run it itself. */
    FUTURE_COMPLETION("java/util/concurrent/CompletableFuture$Completion", null, Set.of("run")),
    /** What a future begins with, as a completion. */
    FUTURE_SUPPLY(
            "java/util/concurrent/CompletableFuture$AsyncSupply", null, Set.of("<init>", "run")),
    FUTURE_RUN("java/util/concurrent/CompletableFuture$AsyncRun", null, Set.of("<init>", "run")),
    /** From JDK 25 on: a thread of the JDK's hands it over when it is due. */
    DELAYED_TASK(
            "java/util/concurrent/DelayScheduler$ScheduledForkJoinTask", null, Set.of("<init>")),
    FUTURE_TASK("java/util/concurrent/FutureTask", TaskNames.HANDED_TASK, Set.of()),
    POOL(
            "java/util/concurrent/ThreadPoolExecutor",
            TaskNames.HANDING_POOL,
            Set.of(
                    "<init>",
                    "execute",
                    "reject",
                    "remove",
                    "shutdownNow",
                    "runWorker",
                    "getTask",
                    "processWorkerExit")),
    /** What it is started for is in no queue. */
    POOL_WORKER(
            "java/util/concurrent/ThreadPoolExecutor$Worker",
            TaskNames.TASK_HOLDER,
            Set.of("<init>")),
    /** Of most pools: spares them the table of their tasks. */
    POOL_QUEUE(
            "java/util/concurrent/LinkedBlockingQueue",
            TaskNames.HANDING_QUEUE,
            Set.of("<init>", "take", "poll", Dequeue.NAME)),
    POOL_QUEUE_NODE(
            "java/util/concurrent/LinkedBlockingQueue$Node",
            TaskNames.TASK_HOLDER,
            Set.of("<init>")),
    SCHEDULED_POOL(
            "java/util/concurrent/ScheduledThreadPoolExecutor", null, Set.of("delayedExecute")),
    /** It comes again and again, and from where it came first. */
    SCHEDULED_TASK(
            "java/util/concurrent/ScheduledThreadPoolExecutor$ScheduledFutureTask",
            TaskNames.REPEATED_TASK,
            Set.of()),
    TIMER_TASK("java/util/TimerTask", TaskNames.HANDED_TASK, Set.of()),
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

    /** The interface it gets, or null. */
    @Nullable String added() {
        return added;
    }

    /** Whether tasks are handed over, only dearer, where it was loaded too early to be woven. */
    boolean isShortcut() {
        return this == POOL_WORKER
                || this == POOL_QUEUE
                || this == POOL_QUEUE_NODE
                || this == FORK_JOIN_RUNNABLE;
    }

    /** Methods that must be there as expected. */
    Set<String> needed() {
        return needed;
    }

    /** What to write a method to. */
    MethodVisitor weave(TaskMethod method) {
        return switch (this) {
            case FORK_JOIN_RUNNABLE -> method.keepingRunnable();
            case FORK_JOIN_POOL -> ofForkJoinPool(method);
            case FORK_JOIN_QUEUE ->
                isPush(method) ? method.atEntry("handedOver", 1) : method.asItIs();
            case FUTURE_DEPENDENT, DELAYED_TASK ->
                method.is("<init>") ? method.constructed() : method.asItIs();
            case FUTURE_COMPLETION ->
                method.is("run") ? method.around("beginOwn") : method.asItIs();
            case FUTURE_SUPPLY, FUTURE_RUN ->
                method.is("<init>")
                        ? method.handedOverAtEnd()
                        : method.is("run") ? method.around("beginUnplaced") : method.asItIs();
            case POOL -> ofPool(method);
            case POOL_QUEUE -> ofQueue(method);
            case POOL_WORKER -> method.is("<init>") ? method.holdingAsWorker() : method.asItIs();
            case POOL_QUEUE_NODE -> method.is("<init>") ? method.holding(1) : method.asItIs();
            case SCHEDULED_POOL ->
                method.is("delayedExecute")
                        ? method.atEntryOfPool("submitted", true)
                        : method.asItIs();
            case TIMER -> method.is("sched") ? method.atEntry("handedOver", 1) : method.asItIs();
            case TIMER_THREAD ->
                method.is("mainLoop") ? method.running("runAgain") : method.asItIs();
            case FORK_JOIN_TASK, FUTURE_TASK, SCHEDULED_TASK, TIMER_TASK -> method.asItIs();
        };
    }

    /** On JDK 17 what comes from outside has a way of its own. */
    private static boolean isPush(TaskMethod method) {
        return (method.is("push") || method.is("lockedPush"))
                && method.descriptor.startsWith("(Ljava/util/concurrent/ForkJoinTask;");
    }

    private static MethodVisitor ofForkJoinPool(TaskMethod method) {
        return switch (method.name) {
            case "runWorker" -> method.looping();
            // Until JDK 22 the loop calls it; for later ones see BeforeSweep.
            case "scan" -> method.atEntryOfForkJoin(BeforeSweep.HOOK);
            // From JDK 25 on the former looks about for a while, before it calls the latter.
            case "deactivate", "awaitWork" -> method.atEntryOfForkJoin("waits");
            case "createWorker" -> method.atEntryOfForkJoin("makesWorker");
            default -> method.asItIs();
        };
    }

    private static MethodVisitor ofQueue(TaskMethod method) {
        return switch (method.name) {
            case "<init>" ->
                method.withNew(
                        TaskNames.VIRTUAL_WORKERS, TaskNames.WORKERS, "java/util/AbstractQueue");
            case "take" -> method.waiting();
            case "poll" -> method.descriptor.startsWith("(J") ? method.waiting() : method.asItIs();
            default -> method.asItIs();
        };
    }

    private static MethodVisitor ofPool(TaskMethod method) {
        return switch (method.name) {
            case "<init>" ->
                method.withNew(
                        TaskNames.SUBMITTED_TASKS,
                        TaskNames.TASKS,
                        "java/util/concurrent/AbstractExecutorService");
            case "execute" -> method.atEntryOfPool("submitted", true);
            case "reject" -> method.atEntryOfPool("rejected", true);
            case "remove" -> method.atEntryOfPool("removed", true);
            case "shutdownNow" -> method.atEntryOfPool("allWithdrawn", false);
            case "runWorker" -> method.working();
            case "getTask" -> method.atEntryOfWorker("looksForTask");
            case "processWorkerExit" -> method.atEntryOfWorker("worksNoMore");
            default -> method.asItIs();
        };
    }

    /** Null for another class. */
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
