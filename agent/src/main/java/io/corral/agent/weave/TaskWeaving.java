package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.ACC_TRANSIENT;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.NEW;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * Weaves the classes by which tasks are handed over, as they are loaded: only then may a class get a field. Each stands for
 * itself: one that is not as expected stays as it is, and its tasks are charged to the pool.
 */
final class TaskWeaving extends ClassVisitor {

    static final String HOOK = "io/corral/runtime/hook/TaskHook";
    static final String POOL_HOOK = "io/corral/runtime/hook/PoolHook";
    static final String HANDED_TASK = "io/corral/runtime/hook/HandedTask";
    static final String SUBMITTED_TASK = "io/corral/runtime/hook/SubmittedTask";
    static final String REPEATED_TASK = "io/corral/runtime/hook/RepeatedTask";
    static final String TASK_HOLDER = "io/corral/runtime/hook/TaskHolder";
    static final String HANDING_QUEUE = "io/corral/runtime/hook/HandingQueue";
    static final String HANDING_POOL = "io/corral/runtime/hook/HandingPool";

    private static final Set<String> SUBMITTER_KEEPERS =
            Set.of(HANDED_TASK, SUBMITTED_TASK, TASK_HOLDER);

    static final String SUBMITTER = "corral$submitter";
    static final String TASKS = "corral$tasks";
    static final String WORKERS = "corral$workers";
    static final String VIRTUAL_WORKERS = "io/corral/runtime/membership/VirtualWorkers";
    static final String SUBMITTED_TASKS = "io/corral/runtime/membership/SubmittedTasks";
    private static final String OBJECT = "Ljava/lang/Object;";

    private final TaskClass target;
    private final List<String> found = new ArrayList<>();

    /** Of the method that is visited. */
    private int access;

    private String descriptor = "";

    private TaskWeaving(ClassWriter writer, TaskClass target) {
        super(ASM9, writer);
        this.target = target;
    }

    /** @return null if the class is not as it is known */
    static byte @Nullable [] weave(TaskClass target, byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        TaskWeaving weaving = new TaskWeaving(writer, target);
        reader.accept(weaving, ClassReader.EXPAND_FRAMES);
        return weaving.found.containsAll(target.needed()) ? writer.toByteArray() : null;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            String superName,
            String[] interfaces) {
        String added = target.added();
        String[] all = interfaces;
        if (added != null) {
            all = Arrays.copyOf(interfaces, interfaces.length + 1);
            all[interfaces.length] = added;
        }
        // The signature, which has no need of it, must not contradict.
        super.visit(
                version,
                access,
                name,
                signature == null || added == null ? signature : signature + "L" + added + ";",
                superName,
                all);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        this.access = access;
        this.descriptor = descriptor;
        if (target == TaskClass.FORK_JOIN_TASK && name.equals("doExec")) {
            found.add(name);
            new DoExec(target.internalName(), name, descriptor).write(cv, access);
            return super.visitMethod(
                    access, DoExec.originalOf(name), descriptor, signature, exceptions);
        }
        if (target == TaskClass.POOL_QUEUE
                && name.equals(Dequeue.NAME)
                && descriptor.equals(Dequeue.DESCRIPTOR)) {
            found.add(name);
            Dequeue.write(cv, access);
            return super.visitMethod(access, Dequeue.ORIGINAL, descriptor, signature, exceptions);
        }
        MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
        return target.weave(this, name, descriptor, to);
    }

    private GuardedCalls guarded(String name, MethodVisitor to) {
        return new GuardedCalls(target.internalName(), access, name, descriptor, to);
    }

    @Override
    public void visitEnd() {
        if (SUBMITTER_KEEPERS.contains(String.valueOf(target.added()))) {
            int access = ACC_PUBLIC | ACC_TRANSIENT | ACC_SYNTHETIC;
            cv.visitField(access, SUBMITTER, OBJECT, null, null).visitEnd();
            getter(SUBMITTER, SUBMITTER, OBJECT, OBJECT);
            setter();
        }
        if (HANDING_POOL.equals(target.added())) {
            String type = "L" + SUBMITTED_TASKS + ";";
            cv.visitField(ACC_PUBLIC | ACC_SYNTHETIC, TASKS, type, null, null).visitEnd();
            getter(TASKS, TASKS, type, type);
            getter(
                    "corral$queue",
                    "workQueue",
                    "Ljava/util/concurrent/BlockingQueue;",
                    "Ljava/lang/Iterable;");
        }
        if (HANDING_QUEUE.equals(target.added())) {
            String type = "L" + VIRTUAL_WORKERS + ";";
            int access = ACC_PUBLIC | ACC_TRANSIENT | ACC_SYNTHETIC;
            cv.visitField(access, WORKERS, type, null, null).visitEnd();
            getter(WORKERS, WORKERS, type, type);
        }
        super.visitEnd();
    }

    private void getter(String name, String field, String type, String returned) {
        MethodVisitor getter =
                cv.visitMethod(ACC_PUBLIC | ACC_SYNTHETIC, name, "()" + returned, null, null);
        getter.visitCode();
        getter.visitVarInsn(ALOAD, 0);
        getter.visitFieldInsn(GETFIELD, target.internalName(), field, type);
        getter.visitInsn(ARETURN);
        getter.visitMaxs(0, 0);
        getter.visitEnd();
    }

    private void setter() {
        MethodVisitor setter = cv.visitMethod(
                ACC_PUBLIC | ACC_SYNTHETIC, SUBMITTER, "(" + OBJECT + ")V", null, null);
        setter.visitCode();
        setter.visitVarInsn(ALOAD, 0);
        setter.visitVarInsn(ALOAD, 1);
        setter.visitFieldInsn(PUTFIELD, target.internalName(), SUBMITTER, OBJECT);
        setter.visitInsn(RETURN);
        setter.visitMaxs(0, 0);
        setter.visitEnd();
    }

    /** At the entry of a method: hands an argument, a task, to a hook. */
    MethodVisitor atEntry(String name, MethodVisitor to, String hook, int local) {
        return atEntry(name, to, HOOK, hook, "(" + OBJECT + ")V", local);
    }

    /** At the entry of a pool's method: hands the pool and, if there is one, the task to a hook. */
    MethodVisitor atEntryOfPool(String name, MethodVisitor to, String hook, boolean hasTask) {
        String pool = hook.equals("submitted") ? OBJECT : "L" + HANDING_POOL + ";";
        return hasTask
                ? atEntry(name, to, POOL_HOOK, hook, "(" + pool + "Ljava/lang/Runnable;)V", 0, 1)
                : atEntry(name, to, POOL_HOOK, hook, "(" + pool + ")V", 0);
    }

    private MethodVisitor atEntry(
            String name, MethodVisitor to, String owner, String hook, String takes, int... locals) {
        found.add(name);
        GuardedCalls calls = guarded(name, to);
        return new MethodVisitor(ASM9, calls) {
            @Override
            public void visitCode() {
                super.visitCode();
                call(calls, owner, hook, takes, locals);
            }
        };
    }

    private static void call(
            GuardedCalls to, String owner, String hook, String takes, int[] locals) {
        to.beginGuard(false);
        for (int local : locals) {
            to.visitVarInsn(ALOAD, local);
        }
        to.visitMethodInsn(INVOKESTATIC, owner, hook, takes, false);
        to.endGuard();
    }

    /** Puts a hook in the place of a task's {@code run()}. */
    MethodVisitor running(String name, MethodVisitor to, String hook, boolean takesPool) {
        return new MethodVisitor(ASM9, to) {
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
                super.visitMethodInsn(
                        INVOKESTATIC,
                        takesPool ? POOL_HOOK : HOOK,
                        hook,
                        "(Ljava/lang/Runnable;" + (takesPool ? "L" + HANDING_POOL + ";" : "")
                                + ")V",
                        false);
            }
        };
    }

    /** At a constructor's end: the object is a task that others may hand over later. */
    MethodVisitor constructed(String name, MethodVisitor to) {
        return atEnd(name, to, HOOK, "made", "(" + OBJECT + ")V", 0);
    }

    /** At a constructor's end: the object holds a task, which is one of the arguments. */
    MethodVisitor holding(String name, MethodVisitor to, int task) {
        return atEnd(
                name, to, POOL_HOOK, "held", "(L" + TASK_HOLDER + ";" + OBJECT + ")V", 0, task);
    }

    private MethodVisitor atEnd(
            String name, MethodVisitor to, String owner, String hook, String takes, int... locals) {
        found.add(name);
        GuardedCalls calls = guarded(name, to);
        return new MethodVisitor(ASM9, calls) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == RETURN) {
                    call(calls, owner, hook, takes, locals);
                }
                super.visitInsn(opcode);
            }
        };
    }

    /** At the entry of {@code ThreadPoolExecutor.runWorker}. */
    MethodVisitor working(String name, MethodVisitor to) {
        GuardedCalls calls = guarded(name, to);
        return new MethodVisitor(ASM9, calls) {
            @Override
            public void visitCode() {
                super.visitCode();
                calls.beginGuard(false);
                works(calls);
                calls.endGuard();
            }
        };
    }

    /** Tells of the queue, the worker and its first task. */
    private static void works(MethodVisitor to) {
        String pool = TaskClass.POOL.internalName();
        String worker = TaskClass.POOL_WORKER.internalName();
        to.visitVarInsn(ALOAD, 0);
        to.visitFieldInsn(GETFIELD, pool, "workQueue", "Ljava/util/concurrent/BlockingQueue;");
        to.visitVarInsn(ALOAD, 1);
        to.visitVarInsn(ALOAD, 1);
        to.visitFieldInsn(GETFIELD, worker, "firstTask", "Ljava/lang/Runnable;");
        to.visitMethodInsn(
                INVOKESTATIC, POOL_HOOK, "works", "(" + OBJECT + OBJECT + OBJECT + ")V", false);
    }

    /** Behind the call of the superclass's constructor: makes what a field of ours holds. */
    MethodVisitor withNew(String type, String field, String superName, MethodVisitor to) {
        return new MethodVisitor(ASM9, to) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String called, String descriptor, boolean itf) {
                super.visitMethodInsn(opcode, owner, called, descriptor, itf);
                if (called.equals("<init>") && owner.equals(superName)) {
                    found.add("<init>");
                    visitVarInsn(ALOAD, 0);
                    visitTypeInsn(NEW, type);
                    visitInsn(DUP);
                    super.visitMethodInsn(INVOKESPECIAL, type, "<init>", "()V", false);
                    visitFieldInsn(PUTFIELD, target.internalName(), field, "L" + type + ";");
                }
            }
        };
    }
}
