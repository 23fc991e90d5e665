package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;

/**
 * A method of a class of {@link TaskClass}, and the ways to weave hooks into it. (No lambdas: they
 * cost 20 ms at start.)
 */
final class TaskMethod {

    private final String owner;
    private final int access;
    final String name;
    final String descriptor;

    /** The visitor that the method is written to. */
    private final MethodVisitor to;

    /** Names of the methods that call hooks. */
    private final Collection<String> found;

    TaskMethod(
            String owner,
            int access,
            String name,
            String descriptor,
            MethodVisitor to,
            Collection<String> found) {
        this.owner = owner;
        this.access = access;
        this.name = name;
        this.descriptor = descriptor;
        this.to = to;
        this.found = found;
    }

    boolean is(String other) {
        return name.equals(other);
    }

    MethodVisitor unchanged() {
        return to;
    }

    /** Calls a hook at the entry, with the task that the method has as its argument. */
    MethodVisitor taskAtEntry(String hook) {
        return atEntry(new Call(TaskNames.TASK_HOOK, hook, "(" + TaskNames.OBJECT + ")V", 1));
    }

    /**
     * Calls a hook at the entry, with the pool ({@code this}) and the task that the method has as
     * its argument.
     */
    MethodVisitor poolAndTaskAtEntry(String hook) {
        String takes = "(L" + TaskNames.WOVEN_POOL + ";Ljava/lang/Runnable;)V";
        return atEntry(new Call(TaskNames.POOL_HOOK, hook, takes, 0, 1));
    }

    /** As {@link #poolAndTaskAtEntry}, in a class whose superclass may not be woven. */
    MethodVisitor submittedAtEntry() {
        String takes = "(" + TaskNames.OBJECT + "Ljava/lang/Runnable;)V";
        return atEntry(new Call(TaskNames.POOL_HOOK, "submitted", takes, 0, 1));
    }

    /** Calls a hook at the entry, with the pool ({@code this}). */
    MethodVisitor poolAtEntry(String hookOwner, String hook) {
        return atEntry(new Call(hookOwner, hook, "(L" + TaskNames.WOVEN_POOL + ";)V", 0));
    }

    /** Calls a hook of fork-join workers at the entry. */
    MethodVisitor forkJoinAtEntry(String hook) {
        return atEntry(new Call(TaskNames.FORK_JOIN_HOOK, hook, "()V"));
    }

    /**
     * Calls a hook at the entry, where a worker starts, and replaces the run of each task by
     * another hook.
     */
    MethodVisitor poolWorkerLoop() {
        String pool = TaskClass.POOL.internalName();
        String worker = TaskClass.POOL_WORKER.internalName();
        String takes = "(" + TaskNames.OBJECT + TaskNames.OBJECT + TaskNames.OBJECT + ")V";
        Call starts = new Call(TaskNames.WORKER_HOOK, "starts", takes) {
            @Override
            void loadArguments(MethodVisitor to) {
                to.visitVarInsn(ALOAD, 0);
                to.visitFieldInsn(
                        GETFIELD, pool, "workQueue", "Ljava/util/concurrent/BlockingQueue;");
                to.visitVarInsn(ALOAD, 1);
                to.visitVarInsn(ALOAD, 1);
                to.visitFieldInsn(GETFIELD, worker, "firstTask", "Ljava/lang/Runnable;");
            }
        };
        return inPlaceOfRun(calling(starts), TaskNames.WORKER_HOOK, "run", TaskNames.WOVEN_POOL);
    }

    /** Replaces the run of each task by a hook. */
    MethodVisitor timerLoop() {
        return inPlaceOfRun(to, TaskNames.TASK_HOOK, "runTimerTask", null);
    }

    private MethodVisitor atEntry(Call call) {
        found.add(name);
        return calling(call);
    }

    private MethodVisitor calling(Call call) {
        GuardedCalls calls = guarded();
        return new MethodVisitor(ASM9, calls) {
            @Override
            public void visitCode() {
                super.visitCode();
                call.write(calls);
            }
        };
    }

    /** Calls a hook at the end of a constructor, with the new object. */
    MethodVisitor objectAtEnd(String hook) {
        return atEnd(new Call(TaskNames.TASK_HOOK, hook, "(" + TaskNames.OBJECT + ")V", 0));
    }

    /**
     * Calls a hook at the end of a constructor, with the new object and the task that is its
     * argument.
     */
    MethodVisitor holderAtEnd() {
        String takes = "(L" + TaskNames.SUBMITTER_FIELD + ";" + TaskNames.OBJECT + ")V";
        return atEnd(new Call(TaskNames.POOL_HOOK, "held", takes, 0, 1));
    }

    /**
     * Calls a hook at the end of a worker's constructor, with the worker, its first task and its
     * thread.
     */
    MethodVisitor workerAtEnd() {
        String takes = "(L" + TaskNames.SUBMITTER_FIELD + ";" + TaskNames.OBJECT + TaskNames.THREAD;
        return atEnd(new Call(TaskNames.POOL_HOOK, "workerCreated", takes + ")V", 0, 2) {
            @Override
            void loadArguments(MethodVisitor to) {
                super.loadArguments(to);
                to.visitVarInsn(ALOAD, 0);
                to.visitFieldInsn(GETFIELD, owner, "thread", TaskNames.THREAD);
            }
        });
    }

    private MethodVisitor atEnd(Call call) {
        found.add(name);
        GuardedCalls calls = guarded();
        return new MethodVisitor(ASM9, calls) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == RETURN) {
                    call.write(calls);
                }
                super.visitInsn(opcode);
            }
        };
    }

    /** Calls a hook around a task's own {@code run()}. */
    MethodVisitor aroundRun(String begin) {
        return around(new AroundMethod.Hooks(TaskNames.TASK_HOOK, begin, "end"), to);
    }

    /** Calls a hook around the run of a fork-join task. */
    MethodVisitor aroundForkJoinTask() {
        return around(new AroundMethod.Hooks(TaskNames.FORK_JOIN_HOOK, "begin", "end"), to);
    }

    /** Calls hooks around the loop of a fork-join worker, and where it scans the queues. */
    MethodVisitor aroundForkJoinLoop() {
        return around(
                new AroundMethod.Hooks(TaskNames.FORK_JOIN_HOOK, "starts", "ends"),
                new BeforeScan(owner, guarded()));
    }

    private MethodVisitor around(AroundMethod.Hooks hooks, MethodVisitor written) {
        found.add(name);
        return new AroundMethod(owner, access, descriptor, hooks, written);
    }

    /** Calls a hook before the method waits for a task. */
    MethodVisitor beforeWait() {
        return new BeforeWait(name, found, to);
    }

    /** Calls a hook after a task was taken out of a queue. */
    MethodVisitor afterDequeue() {
        return new AfterDequeue(access, descriptor, found, to);
    }

    private MethodVisitor inPlaceOfRun(
            MethodVisitor written, String hookOwner, String hook, @Nullable String takesThisAs) {
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
                String second = "";
                if (takesThisAs != null) {
                    visitVarInsn(ALOAD, 0);
                    second = "L" + takesThisAs + ";";
                }
                String hookTakes = "(Ljava/lang/Runnable;" + second + ")V";
                super.visitMethodInsn(INVOKESTATIC, hookOwner, hook, hookTakes, false);
            }
        };
    }

    private GuardedCalls guarded() {
        return new GuardedCalls(owner, access, name, descriptor, to);
    }

    /** A guarded call of a hook. */
    private static class Call {

        private final String hookOwner;
        private final String hook;
        private final String takes;

        /** Loads the locals that are the hook's arguments, or the first of them. */
        private final int[] locals;

        Call(String hookOwner, String hook, String takes, int... locals) {
            this.hookOwner = hookOwner;
            this.hook = hook;
            this.takes = takes;
            this.locals = locals;
        }

        void loadArguments(MethodVisitor to) {
            for (int local : locals) {
                to.visitVarInsn(ALOAD, local);
            }
        }

        void write(GuardedCalls to) {
            to.beginGuard(false);
            loadArguments(to);
            to.visitMethodInsn(INVOKESTATIC, hookOwner, hook, takes, false);
            to.endGuard();
        }
    }
}
