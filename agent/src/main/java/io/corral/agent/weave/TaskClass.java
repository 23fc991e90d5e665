package io.corral.agent.weave;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;

/** The JDK's classes by which tasks are handed over, and what each needs. (No lambdas: they cost 20 ms at start.) */
@SuppressWarnings("ImmutableEnumChecker")
enum TaskClass {
    FORK_JOIN_TASK("java/util/concurrent/ForkJoinTask", TaskWeaving.HANDED_TASK, Set.of("doExec")) {
        @Override
        MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
            return method;
        }
    },
    FORK_JOIN_QUEUE("java/util/concurrent/ForkJoinPool$WorkQueue", null, Set.of("push")) {
        @Override
        MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
            // On JDK 17 what comes from outside has a way of its own.
            boolean pushes = (name.equals("push") || name.equals("lockedPush"))
                    && descriptor.startsWith("(Ljava/util/concurrent/ForkJoinTask;");
            return pushes ? to.atEntry(name, method, "handedOver", 1) : method;
        }
    },
    FUTURE_DEPENDENT(
            "java/util/concurrent/CompletableFuture$UniCompletion", null, Set.of("<init>")) {
        @Override
        MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
            return name.equals("<init>") ? to.constructed(name, method) : method;
        }
    },
    /** From JDK 25 on: a thread of the JDK's hands it over when it is due. */
    DELAYED_TASK(
            "java/util/concurrent/DelayScheduler$ScheduledForkJoinTask", null, Set.of("<init>")) {
        @Override
        MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
            return name.equals("<init>") ? to.constructed(name, method) : method;
        }
    },
    FUTURE_TASK("java/util/concurrent/FutureTask", TaskWeaving.SUBMITTED_TASK, Set.of()) {
        @Override
        MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
            return method;
        }
    },
    POOL(
            "java/util/concurrent/ThreadPoolExecutor",
            TaskWeaving.HANDING_POOL,
            Set.of("<init>", "execute", "reject", "remove", "shutdownNow", "runWorker")) {
        @Override
        MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
            return switch (name) {
                case "<init>" ->
                    to.withTasks("java/util/concurrent/AbstractExecutorService", method);
                case "execute" -> to.atEntryOfPool(name, method, "submitted", true);
                case "reject" -> to.atEntryOfPool(name, method, "withdrawn", true);
                case "remove" -> to.atEntryOfPool(name, method, "withdrawn", true);
                case "shutdownNow" -> to.atEntryOfPool(name, method, "allWithdrawn", false);
                case "runWorker" -> to.running(name, method, "run", true);
                default -> method;
            };
        }
    },
    SCHEDULED_POOL(
            "java/util/concurrent/ScheduledThreadPoolExecutor", null, Set.of("delayedExecute")) {
        @Override
        MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
            return needed().contains(name)
                    ? to.atEntryOfPool(name, method, "submitted", true)
                    : method;
        }
    },
    /** It comes again and again, and from where it came first. */
    SCHEDULED_TASK(
            "java/util/concurrent/ScheduledThreadPoolExecutor$ScheduledFutureTask",
            TaskWeaving.REPEATED_TASK,
            Set.of()) {
        @Override
        MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
            return method;
        }
    },
    TIMER_TASK("java/util/TimerTask", TaskWeaving.HANDED_TASK, Set.of()) {
        @Override
        MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
            return method;
        }
    },
    TIMER("java/util/Timer", null, Set.of("sched")) {
        @Override
        MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
            return name.equals("sched") ? to.atEntry(name, method, "handedOver", 1) : method;
        }
    },
    TIMER_THREAD("java/util/TimerThread", null, Set.of("mainLoop")) {
        @Override
        MethodVisitor weave(TaskWeaving to, String name, String descriptor, MethodVisitor method) {
            return name.equals("mainLoop") ? to.running(name, method, "runAgain", false) : method;
        }
    };

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

    /** Methods that must be there as expected. */
    Set<String> needed() {
        return needed;
    }

    /** What to write a method to. */
    abstract MethodVisitor weave(
            TaskWeaving to, String name, String descriptor, MethodVisitor method);

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
