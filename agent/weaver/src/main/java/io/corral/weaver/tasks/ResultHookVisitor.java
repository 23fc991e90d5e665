package io.corral.weaver.tasks;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.IRETURN;

import io.corral.weaver.common.HookInvocation;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes a hook where a method returns a boolean, which is the hook's first argument. The call has
 * no guard, since the result is on the stack. The hook catches all but an exhausted stack.
 */
final class ResultHookVisitor extends MethodVisitor {

    private final HookInvocation hook;

    ResultHookVisitor(HookInvocation hook, MethodVisitor to) {
        super(ASM9, to);
        this.hook = hook;
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == IRETURN) {
            super.visitInsn(DUP);
            hook.write(mv);
        }
        super.visitInsn(opcode);
    }
}
