package io.corral.weaver.threads;

import static org.objectweb.asm.Opcodes.ASM9;

import io.corral.weaver.common.GuardedMethodVisitor;
import java.util.Set;
import org.objectweb.asm.MethodVisitor;

/** Writes a guarded call of a hook before, or after, each call of a method without arguments. */
final class CallSiteHookVisitor extends MethodVisitor {

    private final GuardedMethodVisitor calls;
    private final String owner;
    private final String method;
    private final boolean isAfter;
    private final ThreadHook hook;
    private final Set<WeavePoint> found;

    /** @param to {@code calls}, or a visitor that leads to it */
    CallSiteHookVisitor(
            GuardedMethodVisitor calls,
            MethodVisitor to,
            String owner,
            String method,
            boolean isAfter,
            ThreadHook hook,
            Set<WeavePoint> found) {
        super(ASM9, to);
        this.calls = calls;
        this.owner = owner;
        this.method = method;
        this.isAfter = isAfter;
        this.hook = hook;
        this.found = found;
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean itf) {
        boolean isCalled =
                owner.equals(this.owner) && name.equals(method) && descriptor.startsWith("()");
        if (isCalled && !isAfter) {
            hook.writeGuarded(calls, true, found);
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, itf);
        if (isCalled && isAfter) {
            hook.writeGuarded(calls, false, found);
        }
    }
}
