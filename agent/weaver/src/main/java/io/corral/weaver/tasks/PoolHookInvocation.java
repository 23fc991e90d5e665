package io.corral.weaver.tasks;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.GETFIELD;

import io.corral.weaver.common.HookInvocation;
import org.objectweb.asm.MethodVisitor;

/** The call of a hook in a method of a pool, with the pool's queue as the last argument. */
final class PoolHookInvocation extends HookInvocation {

    PoolHookInvocation(String owner, String hook, String descriptor, int... locals) {
        super(owner, hook, descriptor, locals);
    }

    @Override
    protected void loadArguments(MethodVisitor to) {
        super.loadArguments(to);
        loadQueue(to);
    }

    /** Loads the queue of a pool, which is {@code this}. */
    static void loadQueue(MethodVisitor to) {
        to.visitVarInsn(ALOAD, 0);
        to.visitFieldInsn(
                GETFIELD, TaskNames.POOL, "workQueue", "Ljava/util/concurrent/BlockingQueue;");
    }
}
