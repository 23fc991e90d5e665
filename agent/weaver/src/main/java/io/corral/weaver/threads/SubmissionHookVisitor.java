package io.corral.weaver.threads;

import static org.objectweb.asm.Opcodes.ASM9;

import io.corral.weaver.threads.WeavePoint.Target;
import java.util.Set;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Calls a hook where a virtual thread loads {@code runContinuation} to give it to its scheduler.
 * Other objects are on the operand stack, so the call has no guard. The hook needs less stack than
 * the submission that follows.
 *
 * <p>On JDK 25 the end of a timeout is a task of the carriers' own scheduler, so the submission
 * comes only once a carrier has run that task. There the hook also gets the timeout.
 */
final class SubmissionHookVisitor extends MethodVisitor {

    /** The common part of the names of these methods. */
    private static final String SUBMITS = "ubmitRunContinuation";

    private static final String THREAD = Target.VIRTUAL_THREAD.internalName();

    /** The field with the last timeout of a park or of a wait on a monitor. */
    private static final String TIMEOUT = "timeoutTask";

    /** The field that is set where a thread that was blocked on a monitor is submitted. */
    private static final String UNBLOCKED = "blockPermit";

    private final Set<WeavePoint> found;
    private final boolean withTimeout;

    SubmissionHookVisitor(MethodVisitor to, Set<WeavePoint> found, boolean withTimeout) {
        super(ASM9, to);
        this.found = found;
        this.withTimeout = withTimeout;
    }

    /** Whether the method of {@code VirtualThread} is one that submits. */
    static boolean submits(String method) {
        return method.contains(SUBMITS);
    }

    /** Whether the field of {@code VirtualThread} is one of those that the timeout needs. */
    static boolean isTimeoutField(String field) {
        return field.equals(TIMEOUT) || field.equals(UNBLOCKED);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        super.visitFieldInsn(opcode, owner, name, descriptor);
        if (opcode == Opcodes.GETFIELD && owner.equals(THREAD) && name.equals("runContinuation")) {
            super.visitInsn(Opcodes.DUP);
            if (withTimeout) {
                load(UNBLOCKED, "Z");
                load(TIMEOUT, "Ljava/util/concurrent/Future;");
                ThreadHook.VIRTUAL_TIMED_SUBMISSION.write(mv, found);
            } else {
                ThreadHook.VIRTUAL_SUBMISSION.write(mv, found);
            }
        }
    }

    private void load(String field, String descriptor) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
        super.visitFieldInsn(Opcodes.GETFIELD, THREAD, field, descriptor);
    }
}
