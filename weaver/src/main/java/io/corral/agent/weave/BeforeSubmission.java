package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ASM9;

import io.corral.agent.weave.WeavePoint.Target;
import java.util.Set;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Calls a hook where a virtual thread loads {@code runContinuation} to give it to its scheduler.
 * Other objects are on the operand stack, so the call has no guard. The hook needs less stack than
 * the submission that follows.
 */
final class BeforeSubmission extends MethodVisitor {

    /** The common part of the names of these methods. */
    private static final String SUBMITS = "ubmitRunContinuation";

    private final Set<WeavePoint> found;

    BeforeSubmission(MethodVisitor to, Set<WeavePoint> found) {
        super(ASM9, to);
        this.found = found;
    }

    /** Whether the method of {@code VirtualThread} is one that submits. */
    static boolean isIn(String method) {
        return method.contains(SUBMITS);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        super.visitFieldInsn(opcode, owner, name, descriptor);
        if (opcode == Opcodes.GETFIELD
                && owner.equals(Target.VIRTUAL_THREAD.internalName())
                && name.equals("runContinuation")) {
            found.add(HookCall.VIRTUAL_SUBMISSION.point());
            super.visitInsn(Opcodes.DUP);
            HookCall.VIRTUAL_SUBMISSION.write(mv);
        }
    }
}
