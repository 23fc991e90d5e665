package io.corral.agent.weave;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;

/** The JDK's classes by which tasks are handed over, and what each needs. (No lambdas: they cost 20 ms at start.) */
@SuppressWarnings("ImmutableEnumChecker")
enum TaskClass {
    FORK_JOIN_TASK("java/util/concurrent/ForkJoinTask", TaskWeaving.HANDED_TASK, Set.of("doExec")),
    FORK_JOIN_QUEUE("java/util/concurrent/ForkJoinPool$WorkQueue", null, Set.of("push")),
    FUTURE_DEPENDENT(
            "java/util/concurrent/CompletableFuture$UniCompletion", null, Set.of("<init>")),
    /** From JDK 25 on: a thread of the JDK's hands it over when it is due. */
    DELAYED_TASK(
            "java/util/concurrent/DelayScheduler$ScheduledForkJoinTask", null, Set.of("<init>")),
    FUTURE_TASK("java/util/concurrent/FutureTask", TaskWeaving.SUBMITTED_TASK, Set.of()),
    POOL(
            "java/util/concurrent/ThreadPoolExecutor",
            TaskWeaving.HANDING_POOL,
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
            TaskWeaving.TASK_HOLDER,
            Set.of("<init>")),
    /** Of most pools: spares them the table of their tasks. */
    POOL_QUEUE(
            "java/util/concurrent/LinkedBlockingQueue",
            TaskWeaving.HANDING_QUEUE,
            Set.of("<init>", Dequeue.NAME)),
    POOL_QUEUE_NODE(
            "java/util/concurrent/LinkedBlockingQueue$Node",
            TaskWeaving.TASK_HOLDER,
            Set.of("<init>")),
    SCHEDULED_POOL(
            "java/util/concurrent/ScheduledThreadPoolExecutor", null, Set.of("delayedExecute")),
    /** It comes again and again, and from where it came first. */
    SCHEDULED_TASK(
            "java/util/concurrent/ScheduledThreadPoolExecutor$ScheduledFutureTask",
            TaskWeaving.REPEATED_TASK,
            Set.of()),
    TIMER_TASK("java/util/TimerTask", TaskWeaving.HANDED_TASK, Set.of()),
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
        return this == POOL_WORKER || this == POOL_QUEUE || this == POOL_QUEUE_NODE;
    }

    /** Methods that must be there as expected. */
    Set<String> needed() {
        return needed;
    }

    /** What to write a method to. */
    MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
        return switch (this) {
            case FORK_JOIN_QUEUE ->
                isPush(name, descriptor) ? to.atEntry(name, method, "handedOver", 1) : method;
            case FUTURE_DEPENDENT, DELAYED_TASK ->
                name.equals("<init>") ? to.constructed(name, method) : method;
            case POOL -> ofPool(to, name, method);
            case POOL_QUEUE ->
                name.equals("<init>")
                        ? to.withNew(
                                TaskWeaving.VIRTUAL_WORKERS,
                                TaskWeaving.WORKERS,
                                "java/util/AbstractQueue",
                                method)
                        : method;
            case POOL_WORKER -> name.equals("<init>") ? to.holding(name, method, 2) : method;
            case POOL_QUEUE_NODE -> name.equals("<init>") ? to.holding(name, method, 1) : method;
            case SCHEDULED_POOL ->
                name.equals("delayedExecute")
                        ? to.atEntryOfPool(name, method, "submitted", true)
                        : method;
            case TIMER -> name.equals("sched") ? to.atEntry(name, method, "handedOver", 1) : method;
            case TIMER_THREAD ->
                name.equals("mainLoop") ? to.running(name, method, "runAgain", false) : method;
            case FORK_JOIN_TASK, FUTURE_TASK, SCHEDULED_TASK, TIMER_TASK -> method;
        };
    }

    /** On JDK 17 what comes from outside has a way of its own. */
    private static boolean isPush(String name, String descriptor) {
        return (name.equals("push") || name.equals("lockedPush"))
                && descriptor.startsWith("(Ljava/util/concurrent/ForkJoinTask;");
    }

    private static MethodVisitor ofPool(TaskWeaving to, String name, MethodVisitor method) {
        return switch (name) {
            case "<init>" ->
                to.withNew(
                        TaskWeaving.SUBMITTED_TASKS,
                        TaskWeaving.TASKS,
                        "java/util/concurrent/AbstractExecutorService",
                        method);
            case "execute" -> to.atEntryOfPool(name, method, "submitted", true);
            case "reject", "remove" -> to.atEntryOfPool(name, method, "withdrawn", true);
            case "shutdownNow" -> to.atEntryOfPool(name, method, "allWithdrawn", false);
            case "runWorker" -> to.running(name, to.working(name, method), "run", true);
            case "getTask" -> to.atEntryOfPool(name, method, "looksForTask", false);
            case "processWorkerExit" -> to.atEntryOfPool(name, method, "worksNoMore", false);
            default -> method;
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
