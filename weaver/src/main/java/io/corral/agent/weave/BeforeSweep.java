package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import org.objectweb.asm.MethodVisitor;

/**
 * Has the loop of a fork-join pool's worker, {@code ForkJoinPool.runWorker}, say that it begins to look through the pool's queues,
 * which it reads from a field for each time:
 *
 * <pre>
 * try { ForkJoinHook.sweeps(); } catch (Throwable) {}
 * ... this.queues ...
 * </pre>
 *
 * <p>So on JDK 25. Until 22 the loop calls a method for that ({@code scan}). On 23 it looks at one queue again and again, without
 * a hook: there a worker stays in the container of the task before for as long as that takes.
 */
final class BeforeSweep extends MethodVisitor {

    static final String HOOK = "sweeps";

    private final String pool;
    private final GuardedCalls to;

    BeforeSweep(String pool, GuardedCalls to) {
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
