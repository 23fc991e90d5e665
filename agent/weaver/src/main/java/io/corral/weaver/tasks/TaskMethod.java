package io.corral.weaver.tasks;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import io.corral.weaver.common.AroundMethodVisitor;
import io.corral.weaver.common.GuardedMethodVisitor;
import io.corral.weaver.common.HookInvocation;
import java.util.Collection;
import org.objectweb.asm.MethodVisitor;

/**
 * A method of a class of {@link TaskClass}, and the ways to weave hooks into it. (No lambdas: they
 * cost 20 ms at start.)
 *
 * @param to the visitor that the method is written to
 * @param found names of the methods that call hooks
 * @param isLoadedWithoutHooks whether the class was loaded without the hooks, so that the method
 *     may be running
 */
record TaskMethod(
        String owner,
        int access,
        String name,
        String descriptor,
        MethodVisitor to,
        Collection<String> found,
        boolean isLoadedWithoutHooks) {

    private static final String SUBMITTED = "submitted";
    private static final String TAKES_SUBMISSION =
            "(" + TaskNames.OBJECT + TaskNames.RUNNABLE + TaskNames.COLLECTION + ")V";

    boolean is(String other) {
        return name.equals(other);
    }

    /** Calls a hook at the entry, with the task that the method has as its argument. */
    MethodVisitor taskAtEntry(String hook) {
        return atEntry(
                new HookInvocation(TaskNames.TASK_HOOK, hook, "(" + TaskNames.OBJECT + ")V", 1));
    }

    /**
     * Calls a hook at the entry, with the pool ({@code this}) and the task that the method has as
     * its argument.
     */
    MethodVisitor poolAndTaskAtEntry(String hook) {
        String takes = "(" + TaskNames.OBJECT + TaskNames.RUNNABLE + ")V";
        return atEntry(new HookInvocation(TaskNames.POOL_HOOK, hook, takes, 0, 1));
    }

    /**
     * Calls a hook where the method returns whether it has removed a task, with that, the pool
     * ({@code this}) and the task that the method has as its argument.
     */
    MethodVisitor poolAndTaskAtResult(String hook) {
        String takes = "(Z" + TaskNames.OBJECT + TaskNames.RUNNABLE + ")V";
        return atResult(new HookInvocation(TaskNames.POOL_HOOK, hook, takes, 0, 1), to);
    }

    private MethodVisitor atResult(HookInvocation call, MethodVisitor written) {
        found.add(name);
        return new ResultHookVisitor(call, written);
    }

    /**
     * Calls a hook of fork-join workers at the entry, and another where the method returns whether
     * it has taken this task back.
     */
    MethodVisitor forkJoinAtEntryAndResult(String entry, String result) {
        String takes = "(Z" + TaskNames.OBJECT + ")V";
        return atResult(
                new HookInvocation(TaskNames.FORK_JOIN_HOOK, result, takes, 0),
                forkJoinAtEntry(entry));
    }

    /** Calls a hook before a task of a queue is run. */
    MethodVisitor helping() {
        return new HelpHookVisitor(to);
    }

    /** As {@link #helping}, and calls hooks around the method. */
    MethodVisitor aroundHelp() {
        return around(
                new AroundMethodVisitor.Hooks(TaskNames.FORK_JOIN_HOOK, "helpsPool", "end"),
                helping());
    }

    /** Calls a hook where the method has checked its argument, a task. */
    MethodVisitor submittedBeforeQueue() {
        return new ExecuteHookVisitor(
                guarded(),
                found,
                name,
                new PoolHookInvocation(TaskNames.POOL_HOOK, SUBMITTED, TAKES_SUBMISSION, 0, 1));
    }

    /** As {@link #submittedBeforeQueue}, in a subclass of the pool's class, at the entry. */
    MethodVisitor scheduledAtEntry() {
        return atEntry(new HookInvocation(TaskNames.POOL_HOOK, SUBMITTED, TAKES_SUBMISSION, 0, 1) {
            @Override
            protected void loadArguments(MethodVisitor to) {
                super.loadArguments(to);
                to.visitVarInsn(ALOAD, 0);
                // The pool's own getter: a subclass may override it.
                to.visitMethodInsn(
                        INVOKESPECIAL,
                        TaskNames.POOL,
                        "getQueue",
                        "()Ljava/util/concurrent/BlockingQueue;",
                        false);
            }
        });
    }

    /** Calls a hook at the entry, with the pool ({@code this}). */
    MethodVisitor poolAtEntry(String hookOwner, String hook) {
        return atEntry(new HookInvocation(hookOwner, hook, "(" + TaskNames.OBJECT + ")V", 0));
    }

    /** Calls a hook at the entry, with the pool ({@code this}) and its queue. */
    MethodVisitor poolAndQueueAtEntry(String hook) {
        String takes = "(" + TaskNames.OBJECT + TaskNames.COLLECTION + ")V";
        return atEntry(new PoolHookInvocation(TaskNames.WORKER_HOOK, hook, takes, 0));
    }

    /**
     * Calls a hook where a pool's worker looks for a task, and another where it has found one if
     * its loop may be older than the agent.
     */
    MethodVisitor aroundGetTask() {
        MethodVisitor looks = poolAndQueueAtEntry("looksForTask");
        return isLoadedWithoutHooks ? new GetTaskHookVisitor(looks) : looks;
    }

    /** Calls a hook where the loop of a pool's worker, which may be older, has a task. */
    MethodVisitor beforeExecute() {
        String takes = "(" + TaskNames.RUNNABLE + TaskNames.OBJECT + TaskNames.OBJECT + ")V";
        return isLoadedWithoutHooks
                ? calling(new PoolHookInvocation(
                        TaskNames.UNWOVEN_LOOP_HOOK, GetTaskHookVisitor.HOOK, takes, 2, 0))
                : to;
    }

    /** Calls a hook of fork-join workers at the entry. */
    MethodVisitor forkJoinAtEntry(String hook) {
        return atEntry(new HookInvocation(TaskNames.FORK_JOIN_HOOK, hook, "()V"));
    }

    /**
     * Calls a hook at the entry, where a worker starts, and replaces the run of each task by
     * another hook.
     */
    MethodVisitor poolWorkerLoop() {
        String worker = TaskNames.POOL_WORKER;
        String takes = "(" + TaskNames.OBJECT + TaskNames.OBJECT + TaskNames.OBJECT + ")V";
        HookInvocation starts = new HookInvocation(TaskNames.WORKER_HOOK, "starts", takes) {
            @Override
            protected void loadArguments(MethodVisitor to) {
                PoolHookInvocation.loadQueue(to);
                to.visitVarInsn(ALOAD, 1);
                to.visitVarInsn(ALOAD, 1);
                to.visitFieldInsn(GETFIELD, worker, "firstTask", "Ljava/lang/Runnable;");
            }
        };
        return inPlaceOfRun(calling(starts), TaskNames.WORKER_HOOK, "run", true);
    }

    /** Replaces the run of each task by a hook. */
    MethodVisitor timerLoop() {
        return inPlaceOfRun(to, TaskNames.TASK_HOOK, "runTimerTask", false);
    }

    private MethodVisitor atEntry(HookInvocation call) {
        found.add(name);
        return calling(call);
    }

    private MethodVisitor calling(HookInvocation call) {
        return call.atEntry(guarded());
    }

    /** Calls a hook at the end of a constructor, with the new object. */
    MethodVisitor objectAtEnd(String hook) {
        return atEnd(
                new HookInvocation(TaskNames.TASK_HOOK, hook, "(" + TaskNames.OBJECT + ")V", 0));
    }

    /**
     * Calls a hook at the end of a constructor, with the new object and the task that is its
     * argument.
     */
    MethodVisitor holderAtEnd() {
        String takes = "(" + TaskNames.OBJECT + TaskNames.OBJECT + ")V";
        return atEnd(new HookInvocation(TaskNames.POOL_HOOK, "held", takes, 0, 1));
    }

    /**
     * Calls a hook at the end of a worker's constructor, with the worker, its first task and its
     * thread.
     */
    MethodVisitor workerAtEnd() {
        String takes = "(" + TaskNames.OBJECT + TaskNames.OBJECT + TaskNames.THREAD;
        return atEnd(new HookInvocation(TaskNames.POOL_HOOK, "workerCreated", takes + ")V", 0, 2) {
            @Override
            protected void loadArguments(MethodVisitor to) {
                super.loadArguments(to);
                to.visitVarInsn(ALOAD, 0);
                to.visitFieldInsn(GETFIELD, owner, "thread", TaskNames.THREAD);
            }
        });
    }

    private MethodVisitor atEnd(HookInvocation call) {
        found.add(name);
        return call.atReturn(guarded());
    }

    /** Calls a hook around a task's own {@code run()}. */
    MethodVisitor aroundRun(String begin) {
        return around(new AroundMethodVisitor.Hooks(TaskNames.TASK_HOOK, begin, "end"), to);
    }

    /** Calls a hook around the run of a fork-join task. */
    MethodVisitor aroundForkJoinTask() {
        return around(new AroundMethodVisitor.Hooks(TaskNames.FORK_JOIN_HOOK, "begin", "end"), to);
    }

    /** Calls hooks around the loop of a fork-join worker, and where it scans the queues. */
    MethodVisitor aroundForkJoinLoop() {
        return around(
                new AroundMethodVisitor.Hooks(TaskNames.FORK_JOIN_HOOK, "starts", "ends"),
                new ScanHookVisitor(owner, guarded()));
    }

    private MethodVisitor around(AroundMethodVisitor.Hooks hooks, MethodVisitor written) {
        found.add(name);
        return new AroundMethodVisitor(owner, access, descriptor, hooks, written);
    }

    /** Calls a hook before the method waits for a task. */
    MethodVisitor beforeWait() {
        return new WaitHookVisitor(name, found, to);
    }

    /** Calls a hook after a task was taken out of a queue. */
    MethodVisitor afterDequeue() {
        return new DequeueHookVisitor(access, descriptor, found, to);
    }

    private MethodVisitor inPlaceOfRun(
            MethodVisitor written, String hookOwner, String hook, boolean takesPool) {
        return new MethodVisitor(ASM9, written) {
            @Override
            public void visitMethodInsn(
                    int opcode, String of, String called, String takes, boolean isInterface) {
                boolean runs = called.equals("run")
                        && takes.equals("()V")
                        && (of.equals("java/lang/Runnable") || of.equals("java/util/TimerTask"));
                if (!runs) {
                    super.visitMethodInsn(opcode, of, called, takes, isInterface);
                    return;
                }
                found.add(name);
                String more = "";
                if (takesPool) {
                    visitVarInsn(ALOAD, 0);
                    PoolHookInvocation.loadQueue(this);
                    more = TaskNames.OBJECT + TaskNames.OBJECT;
                }
                String hookTakes = "(" + TaskNames.RUNNABLE + more + ")V";
                super.visitMethodInsn(INVOKESTATIC, hookOwner, hook, hookTakes, false);
            }
        };
    }

    private GuardedMethodVisitor guarded() {
        return new GuardedMethodVisitor(owner, access, name, descriptor, to);
    }
}
