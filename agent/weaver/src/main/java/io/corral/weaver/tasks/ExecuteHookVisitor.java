package io.corral.weaver.tasks;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.GETFIELD;

import io.corral.weaver.common.GuardedMethodVisitor;
import io.corral.weaver.common.HookInvocation;
import java.util.Collection;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes a hook in {@code ThreadPoolExecutor.execute} where it first reads the pool's state, after
 * which it gives the task to a worker or to the queue:
 *
 * <pre>
 * try { PoolHook.submitted(this, task, this.workQueue); } catch (Throwable) {}
 * int c = this.ctl.get();
 * </pre>
 *
 * <p>The hook is not at the method's entry, since code of another agent may replace the task there.
 */
final class ExecuteHookVisitor extends MethodVisitor {

    private final GuardedMethodVisitor to;
    private final Collection<String> found;
    private final String name;
    private final HookInvocation call;
    private boolean isWritten;

    /** @param found gets the name of the method if the hook is written */
    ExecuteHookVisitor(
            GuardedMethodVisitor to, Collection<String> found, String name, HookInvocation call) {
        super(ASM9, to);
        this.to = to;
        this.found = found;
        this.name = name;
        this.call = call;
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String type) {
        if (!isWritten && opcode == GETFIELD && field.equals("ctl") && to.canGuard(true)) {
            isWritten = true;
            found.add(name);
            call.writeGuarded(to, true);
        }
        super.visitFieldInsn(opcode, owner, field, type);
    }
}
