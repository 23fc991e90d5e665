package io.corral.weaver.tasks;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import io.corral.weaver.common.CatchAll;
import java.util.Collection;
import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.LocalVariablesSorter;

/**
 * Writes a hook at the end of {@code LinkedBlockingQueue.dequeue}. The node whose task was taken
 * out is the queue's new head.
 *
 * <pre>
 * Object task = ...;
 * try { WorkerHook.dequeued(this, task, this.head); } catch (Throwable) {}
 * return task;
 * </pre>
 */
final class DequeueHookVisitor extends LocalVariablesSorter {

    static final String NAME = "dequeue";

    private static final String QUEUE = "java/util/concurrent/LinkedBlockingQueue";
    private static final List<Object> LOCALS = List.of(QUEUE, "java/lang/Object");

    /** The names of the methods that have the expected shape. */
    private final Collection<String> found;

    private final int task;

    DequeueHookVisitor(int access, String descriptor, Collection<String> found, MethodVisitor to) {
        super(ASM9, access, descriptor, to);
        this.found = found;
        task = newLocal(Type.getType(TaskNames.OBJECT));
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == ARETURN) {
            found.add(NAME);
            mv.visitVarInsn(ASTORE, task);
            tell();
            mv.visitVarInsn(ALOAD, task);
        }
        super.visitInsn(opcode);
    }

    private void tell() {
        CatchAll guard = new CatchAll(mv);
        mv.visitVarInsn(ALOAD, 0);
        mv.visitVarInsn(ALOAD, task);
        mv.visitVarInsn(ALOAD, 0);
        mv.visitFieldInsn(GETFIELD, QUEUE, "head", "L" + QUEUE + "$Node;");
        String takes = "(" + TaskNames.OBJECT + TaskNames.OBJECT + TaskNames.OBJECT;
        mv.visitMethodInsn(INVOKESTATIC, TaskNames.WORKER_HOOK, "dequeued", takes + ")V", false);
        guard.end(LOCALS);
    }
}
