package io.corral.weaver.tasks;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import io.corral.weaver.common.GuardedMethodVisitor;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes a hook where the loop of a fork-join worker, {@code ForkJoinPool.runWorker}, begins to
 * scan the pool's queues, which it reads from a field each time:
 *
 * <pre>
 * try { ForkJoinHook.scans(); } catch (Throwable) {}
 * ... this.queues ...
 * </pre>
 *
 * <p>That is JDK 25. Up to 22 the loop calls a method, {@code scan}, which has the hook. On 23 it
 * scans one queue repeatedly without a hook: there a worker stays in the container of its last task
 * during these scans.
 */
final class ScanHookVisitor extends MethodVisitor {

    static final String HOOK = "scans";

    private final String pool;
    private final GuardedMethodVisitor to;

    ScanHookVisitor(String pool, GuardedMethodVisitor to) {
        super(ASM9, to);
        this.pool = pool;
        this.to = to;
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String type) {
        if (opcode == GETFIELD
                && field.equals("queues")
                && owner.equals(pool)
                && to.canGuard(true)) {
            to.beginGuard(true);
            to.visitMethodInsn(INVOKESTATIC, TaskNames.FORK_JOIN_HOOK, HOOK, "()V", false);
            to.endGuard();
        }
        super.visitFieldInsn(opcode, owner, field, type);
    }
}
