package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.RETURN;

import org.objectweb.asm.MethodVisitor;

/** Writes a call of a hook where a method without a result returns. */
final class AtEnd extends MethodVisitor {

    private final GuardedCalls calls;
    private final TaskCall call;

    AtEnd(GuardedCalls calls, TaskCall call) {
        super(ASM9, calls);
        this.calls = calls;
        this.call = call;
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == RETURN) {
            call.write(calls);
        }
        super.visitInsn(opcode);
    }
}
