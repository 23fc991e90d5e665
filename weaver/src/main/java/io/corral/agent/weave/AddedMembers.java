package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.ACC_TRANSIENT;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;

/** Writes what a class needs for the interface that it gets: a field, and what reads and writes it. */
final class AddedMembers {

    private final ClassVisitor to;
    private final String owner;

    private AddedMembers(ClassVisitor to, String owner) {
        this.to = to;
        this.owner = owner;
    }

    static void write(ClassVisitor to, String owner, String added) {
        AddedMembers members = new AddedMembers(to, owner);
        switch (added) {
            case TaskNames.HANDED_TASK, TaskNames.TASK_HOLDER -> {
                members.field(ACC_TRANSIENT, TaskNames.SUBMITTER, TaskNames.OBJECT);
                members.setter(TaskNames.SUBMITTER);
            }
            case TaskNames.HANDING_POOL -> {
                members.field(0, TaskNames.TASKS, "L" + TaskNames.SUBMITTED_TASKS + ";");
                members.getter(
                        TaskNames.QUEUE,
                        "workQueue",
                        "Ljava/util/concurrent/BlockingQueue;",
                        "Ljava/lang/Iterable;");
            }
            case TaskNames.HANDING_QUEUE ->
                members.field(
                        ACC_TRANSIENT, TaskNames.WORKERS, "L" + TaskNames.VIRTUAL_WORKERS + ";");
            case TaskNames.RUNNABLE_TASK -> KeptRunnable.writeAccessors(to);
            // It extends a class that has all.
            case TaskNames.REPEATED_TASK -> {}
            default -> throw new IllegalArgumentException(added);
        }
    }

    /** With a getter of its name. */
    private void field(int access, String name, String type) {
        to.visitField(ACC_PUBLIC | ACC_SYNTHETIC | access, name, type, null, null)
                .visitEnd();
        getter(name, name, type, type);
    }

    private void getter(String name, String field, String type, String returned) {
        MethodVisitor getter =
                to.visitMethod(ACC_PUBLIC | ACC_SYNTHETIC, name, "()" + returned, null, null);
        getter.visitCode();
        getter.visitVarInsn(ALOAD, 0);
        getter.visitFieldInsn(GETFIELD, owner, field, type);
        end(getter, ARETURN);
    }

    private void setter(String field) {
        MethodVisitor setter = to.visitMethod(
                ACC_PUBLIC | ACC_SYNTHETIC, field, "(" + TaskNames.OBJECT + ")V", null, null);
        setter.visitCode();
        setter.visitVarInsn(ALOAD, 0);
        setter.visitVarInsn(ALOAD, 1);
        setter.visitFieldInsn(PUTFIELD, owner, field, TaskNames.OBJECT);
        end(setter, RETURN);
    }

    static void end(MethodVisitor method, int returnInstruction) {
        method.visitInsn(returnInstruction);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
