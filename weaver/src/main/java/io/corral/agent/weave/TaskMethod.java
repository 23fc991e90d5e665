package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.NEW;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.Collection;
import java.util.function.Consumer;
import org.objectweb.asm.MethodVisitor;

/** A method of a class by which tasks are handed over, and the ways to have it call hooks. (No lambdas: they cost 20 ms at start.) */
final class TaskMethod {

    private final String owner;
    private final int access;
    final String name;
    final String descriptor;

    /** What it is written to. */
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

    MethodVisitor asItIs() {
        return to;
    }

    /** At its entry: hands an argument, a task, to a hook. */
    MethodVisitor atEntry(String hook, int local) {
        return atEntry(TaskNames.HOOK, hook, "(" + TaskNames.OBJECT + ")V", local);
    }

    /** At its entry: hands the pool and, if there is one, the task to a hook. */
    MethodVisitor atEntryOfPool(String hook, boolean hasTask) {
        String pool =
                hook.equals("submitted") ? TaskNames.OBJECT : "L" + TaskNames.HANDING_POOL + ";";
        return hasTask
                ? atEntry(TaskNames.POOL_HOOK, hook, "(" + pool + "Ljava/lang/Runnable;)V", 0, 1)
                : atEntry(TaskNames.POOL_HOOK, hook, "(" + pool + ")V", 0);
    }

    /** At its entry, on a worker: hands the pool to a hook. */
    MethodVisitor atEntryOfWorker(String hook) {
        String takes = "(L" + TaskNames.HANDING_POOL + ";)V";
        return atEntry(TaskNames.WORKER_HOOK, hook, takes, 0);
    }

    private MethodVisitor atEntry(String hookOwner, String hook, String takes, int... locals) {
        found.add(name);
        GuardedCalls calls = guarded(to);
        return new MethodVisitor(ASM9, calls) {
            @Override
            public void visitCode() {
                super.visitCode();
                call(calls, hookOwner, hook, takes, locals);
            }
        };
    }

    /** At a constructor's end: the object is a task that others may hand over later. */
    MethodVisitor constructed() {
        return atEnd(TaskNames.HOOK, "made", "(" + TaskNames.OBJECT + ")V", 0);
    }

    /** At a constructor's end: the object is a task that is handed over at once, to whatever executor. */
    MethodVisitor handedOverAtEnd() {
        return atEnd(TaskNames.HOOK, "handedOver", "(" + TaskNames.OBJECT + ")V", 0);
    }

    /** At a constructor's end: the object holds a task, which is one of the arguments. */
    MethodVisitor holding(int task) {
        return atEnd(
                TaskNames.POOL_HOOK,
                "held",
                "(L" + TaskNames.TASK_HOLDER + ";" + TaskNames.OBJECT + ")V",
                0,
                task);
    }

    /** At the end of the constructor of a pool's worker: it holds its first task, and the thread it has had made. */
    MethodVisitor holdingAsWorker() {
        return atEnd(new Consumer<>() {
            @Override
            public void accept(GuardedCalls calls) {
                workerMade(calls);
            }
        });
    }

    private void workerMade(GuardedCalls to) {
        to.beginGuard(false);
        to.visitVarInsn(ALOAD, 0);
        to.visitVarInsn(ALOAD, 2);
        to.visitVarInsn(ALOAD, 0);
        to.visitFieldInsn(GETFIELD, owner, "thread", TaskNames.THREAD);
        String takes =
                "(L" + TaskNames.TASK_HOLDER + ";" + TaskNames.OBJECT + TaskNames.THREAD + ")V";
        to.visitMethodInsn(INVOKESTATIC, TaskNames.POOL_HOOK, "workerMade", takes, false);
        to.endGuard();
    }

    private MethodVisitor atEnd(String hookOwner, String hook, String takes, int... locals) {
        return atEnd(new Consumer<>() {
            @Override
            public void accept(GuardedCalls calls) {
                call(calls, hookOwner, hook, takes, locals);
            }
        });
    }

    private MethodVisitor atEnd(Consumer<GuardedCalls> call) {
        found.add(name);
        GuardedCalls calls = guarded(to);
        return new MethodVisitor(ASM9, calls) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == RETURN) {
                    call.accept(calls);
                }
                super.visitInsn(opcode);
            }
        };
    }

    /** Around a task's own {@code run()}. */
    MethodVisitor around(String beginning) {
        found.add(name);
        return new AroundRun(owner, access, descriptor, beginning, to);
    }

    /** Puts a hook in the place of a task's {@code run()}. */
    MethodVisitor running(String hook) {
        return running(to, TaskNames.HOOK, hook, false);
    }

    /** {@code ThreadPoolExecutor.runWorker}: at its entry the worker and its first task are told of, and then each is run by a hook. */
    MethodVisitor working() {
        GuardedCalls calls = guarded(to);
        MethodVisitor telling = new MethodVisitor(ASM9, calls) {
            @Override
            public void visitCode() {
                super.visitCode();
                calls.beginGuard(false);
                works(calls);
                calls.endGuard();
            }
        };
        return running(telling, TaskNames.WORKER_HOOK, "run", true);
    }

    private static void works(MethodVisitor to) {
        String pool = TaskClass.POOL.internalName();
        String worker = TaskClass.POOL_WORKER.internalName();
        to.visitVarInsn(ALOAD, 0);
        to.visitFieldInsn(GETFIELD, pool, "workQueue", "Ljava/util/concurrent/BlockingQueue;");
        to.visitVarInsn(ALOAD, 1);
        to.visitVarInsn(ALOAD, 1);
        to.visitFieldInsn(GETFIELD, worker, "firstTask", "Ljava/lang/Runnable;");
        String takes = "(" + TaskNames.OBJECT + TaskNames.OBJECT + TaskNames.OBJECT + ")V";
        to.visitMethodInsn(INVOKESTATIC, TaskNames.WORKER_HOOK, "works", takes, false);
    }

    /** Where who takes from a queue is about to wait. */
    MethodVisitor waiting() {
        return new BeforeWait(name, found, to);
    }

    /** A fork-join worker's loop. */
    MethodVisitor looping() {
        found.add(name);
        return new AroundLoop(owner, descriptor, new BeforeSweep(owner, guarded(to)));
    }

    /** At its entry, on a fork-join worker: calls a hook. */
    MethodVisitor atEntryOfForkJoin(String hook) {
        return atEntry(TaskNames.FORK_JOIN_HOOK, hook, "()V");
    }

    private MethodVisitor running(
            MethodVisitor written, String hookOwner, String hook, boolean takesPool) {
        return new MethodVisitor(ASM9, written) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String called, String descriptor, boolean itf) {
                boolean runs = called.equals("run")
                        && descriptor.equals("()V")
                        && (owner.equals("java/lang/Runnable")
                                || owner.equals("java/util/TimerTask"));
                if (!runs) {
                    super.visitMethodInsn(opcode, owner, called, descriptor, itf);
                    return;
                }
                found.add(name);
                if (takesPool) {
                    visitVarInsn(ALOAD, 0);
                }
                String pool = takesPool ? "L" + TaskNames.HANDING_POOL + ";" : "";
                super.visitMethodInsn(
                        INVOKESTATIC,
                        hookOwner,
                        hook,
                        "(Ljava/lang/Runnable;" + pool + ")V",
                        false);
            }
        };
    }

    /** In a constructor, behind the call of the superclass's: makes what a field of ours holds. */
    MethodVisitor withNew(String type, String field, String superName) {
        return new MethodVisitor(ASM9, to) {
            @Override
            public void visitMethodInsn(
                    int opcode, String called, String method, String descriptor, boolean itf) {
                super.visitMethodInsn(opcode, called, method, descriptor, itf);
                if (method.equals("<init>") && called.equals(superName)) {
                    found.add(name);
                    visitVarInsn(ALOAD, 0);
                    visitTypeInsn(NEW, type);
                    visitInsn(DUP);
                    super.visitMethodInsn(INVOKESPECIAL, type, "<init>", "()V", false);
                    visitFieldInsn(PUTFIELD, owner, field, "L" + type + ";");
                }
            }
        };
    }

    /** Keeps its runnable as {@link KeptRunnable} says. */
    MethodVisitor keepingRunnable() {
        return new MethodVisitor(ASM9, to) {
            @Override
            public void visitFieldInsn(int opcode, String of, String field, String type) {
                if (!KeptRunnable.isField(field) || !of.equals(owner)) {
                    super.visitFieldInsn(opcode, of, field, type);
                } else if (opcode == PUTFIELD) {
                    KeptRunnable.put(to);
                } else {
                    found.add(name);
                    KeptRunnable.get(to, "runnable");
                }
            }
        };
    }

    private GuardedCalls guarded(MethodVisitor written) {
        return new GuardedCalls(owner, access, name, descriptor, written);
    }

    private static void call(
            GuardedCalls to, String hookOwner, String hook, String takes, int[] locals) {
        to.beginGuard(false);
        for (int local : locals) {
            to.visitVarInsn(ALOAD, local);
        }
        to.visitMethodInsn(INVOKESTATIC, hookOwner, hook, takes, false);
        to.endGuard();
    }
}
