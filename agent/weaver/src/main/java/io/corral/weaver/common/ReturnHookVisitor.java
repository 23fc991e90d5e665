package io.corral.weaver.common;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.RETURN;

import org.objectweb.asm.MethodVisitor;

/** Writes a guarded call of a hook where a method without a result returns. */
public final class ReturnHookVisitor extends MethodVisitor {

    private final GuardedMethodVisitor calls;
    private final HookInvocation call;

    public ReturnHookVisitor(GuardedMethodVisitor calls, HookInvocation call) {
        super(ASM9, calls);
        this.calls = calls;
        this.call = call;
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == RETURN) {
            call.writeGuarded(calls, false);
        }
        super.visitInsn(opcode);
    }
}
