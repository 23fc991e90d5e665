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

/** Writes the fields and methods of the interface that a woven class implements. */
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
            case TaskNames.TASK_WITH_SUBMITTER, TaskNames.SUBMITTER_FIELD ->
                members.submitterField();
            case TaskNames.WOVEN_POOL ->
                members.getter(
                        TaskNames.QUEUE,
                        "workQueue",
                        "Ljava/util/concurrent/BlockingQueue;",
                        "Ljava/util/Collection;");
            // The first is a marker interface. The members of the second are in the class's
            // superclass.
            case TaskNames.WOVEN_QUEUE, TaskNames.REPEATED_TASK -> {}
            default -> throw new IllegalArgumentException(added);
        }
    }

    private void submitterField() {
        String name = TaskNames.SUBMITTER;
        String type = TaskNames.OBJECT;
        to.visitField(ACC_PUBLIC | ACC_SYNTHETIC | ACC_TRANSIENT, name, type, null, null)
                .visitEnd();
        getter(name, name, type, type);
        MethodVisitor setter = method(name, "(" + type + ")V");
        setter.visitVarInsn(ALOAD, 0);
        setter.visitVarInsn(ALOAD, 1);
        setter.visitFieldInsn(PUTFIELD, owner, name, type);
        end(setter, RETURN);
    }

    private void getter(String name, String field, String type, String returned) {
        MethodVisitor getter = method(name, "()" + returned);
        getter.visitVarInsn(ALOAD, 0);
        getter.visitFieldInsn(GETFIELD, owner, field, type);
        end(getter, ARETURN);
    }

    private MethodVisitor method(String name, String descriptor) {
        MethodVisitor method =
                to.visitMethod(ACC_PUBLIC | ACC_SYNTHETIC, name, descriptor, null, null);
        method.visitCode();
        return method;
    }

    private static void end(MethodVisitor method, int returnInstruction) {
        method.visitInsn(returnInstruction);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
