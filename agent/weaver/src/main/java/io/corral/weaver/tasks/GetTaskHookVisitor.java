package io.corral.weaver.tasks;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import org.objectweb.asm.MethodVisitor;

/**
 * Writes a hook at the end of {@code ThreadPoolExecutor.getTask}, for workers whose loop is older
 * than the agent:
 *
 * <pre>
 * WorkerHook.found(task, this, this.workQueue);
 * return task;
 * </pre>
 *
 * <p>The call has no guard, since a task is on the stack. The hook catches all but an exhausted
 * stack, and the worker's loop has as many frames as a new thread.
 */
final class GetTaskHookVisitor extends MethodVisitor {

    static final String HOOK = "found";

    GetTaskHookVisitor(MethodVisitor to) {
        super(ASM9, to);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == ARETURN) {
            visitInsn(DUP);
            visitVarInsn(ALOAD, 0);
            PoolHookInvocation.loadQueue(this);
            String takes = "(" + TaskNames.RUNNABLE + TaskNames.OBJECT + TaskNames.OBJECT + ")V";
            visitMethodInsn(INVOKESTATIC, TaskNames.UNWOVEN_LOOP_HOOK, HOOK, takes, false);
        }
        super.visitInsn(opcode);
    }
}
