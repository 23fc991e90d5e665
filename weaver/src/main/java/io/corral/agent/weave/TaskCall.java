package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import org.objectweb.asm.MethodVisitor;

/** A call of a hook with a catch-all around it. */
class TaskCall {

    private final String hookOwner;
    private final String hook;
    private final String takes;

    /** Loads the locals that are the hook's arguments, or the first of them. */
    private final int[] locals;

    TaskCall(String hookOwner, String hook, String takes, int... locals) {
        this.hookOwner = hookOwner;
        this.hook = hook;
        this.takes = takes;
        this.locals = locals;
    }

    void loadArguments(MethodVisitor to) {
        for (int local : locals) {
            to.visitVarInsn(ALOAD, local);
        }
    }

    final void write(GuardedCalls to) {
        write(to, false);
    }

    final void write(GuardedCalls to, boolean thisOnStack) {
        to.beginGuard(thisOnStack);
        loadArguments(to);
        to.visitMethodInsn(INVOKESTATIC, hookOwner, hook, takes, false);
        to.endGuard();
    }

    /** Loads the queue of a pool, which is {@code this}. */
    static void loadPoolsQueue(MethodVisitor to) {
        to.visitVarInsn(ALOAD, 0);
        to.visitFieldInsn(
                GETFIELD,
                TaskClass.POOL.internalName(),
                "workQueue",
                "Ljava/util/concurrent/BlockingQueue;");
    }

    /** As a {@code TaskCall}, with the pool's queue as the last argument. */
    static final class WithQueue extends TaskCall {

        WithQueue(String hookOwner, String hook, String takes, int... locals) {
            super(hookOwner, hook, takes, locals);
        }

        @Override
        void loadArguments(MethodVisitor to) {
            super.loadArguments(to);
            loadPoolsQueue(to);
        }
    }
}
