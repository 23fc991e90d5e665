package io.corral.weaver.tasks;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import java.util.Collection;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes a hook where a thread that takes from a {@code LinkedBlockingQueue} is about to wait:
 *
 * <pre>
 * WorkerHook.waits(this);
 * notEmpty.await();
 * </pre>
 *
 * <p>The methods read the condition first to wait for it, and later to signal it. The call has no
 * guard: the JDK's own {@code finally}, which unlocks, would come before it. The hook catches all
 * but an exhausted stack, which would strike in {@code await} as well.
 */
final class WaitHookVisitor extends MethodVisitor {

    private final String name;

    /** The names of the methods in which the condition was found. */
    private final Collection<String> found;

    private boolean isWritten;
    private boolean isCalled;

    WaitHookVisitor(String name, Collection<String> found, MethodVisitor to) {
        super(ASM9, to);
        this.name = name;
        this.found = found;
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String type) {
        if (!isWritten && opcode == GETFIELD && field.equals("notEmpty")) {
            isWritten = true;
            super.visitVarInsn(ALOAD, 0);
            String takes = "(" + TaskNames.OBJECT + ")V";
            super.visitMethodInsn(INVOKESTATIC, TaskNames.WORKER_HOOK, "waits", takes, false);
        }
        super.visitFieldInsn(opcode, owner, field, type);
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String called, String descriptor, boolean itf) {
        if (isWritten && !isCalled) {
            isCalled = true;
            if (called.startsWith("await")) {
                found.add(name);
            }
        }
        super.visitMethodInsn(opcode, owner, called, descriptor, itf);
    }
}
