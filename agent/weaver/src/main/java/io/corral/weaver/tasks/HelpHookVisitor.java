package io.corral.weaver.tasks;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import org.objectweb.asm.MethodVisitor;

/**
 * Writes a hook where a thread that waits runs a fork-join task of a queue:
 *
 * <pre>
 * ForkJoinHook.helps(task);
 * task.doExec();
 * </pre>
 *
 * <p>The call has no guard, since the task is on the stack. The hook catches all but an exhausted
 * stack, which would strike in {@code doExec} as well.
 */
final class HelpHookVisitor extends MethodVisitor {

    HelpHookVisitor(MethodVisitor to) {
        super(ASM9, to);
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String called, String descriptor, boolean itf) {
        if (called.equals("doExec") && descriptor.startsWith("()")) {
            super.visitInsn(DUP);
            String takes = "(" + TaskNames.OBJECT + ")V";
            super.visitMethodInsn(INVOKESTATIC, TaskNames.FORK_JOIN_HOOK, "helps", takes, false);
        }
        super.visitMethodInsn(opcode, owner, called, descriptor, itf);
    }
}
