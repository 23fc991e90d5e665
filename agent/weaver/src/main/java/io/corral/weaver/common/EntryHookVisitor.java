package io.corral.weaver.common;

import static org.objectweb.asm.Opcodes.ASM9;

import org.objectweb.asm.MethodVisitor;

/** Writes a guarded call of a hook at the entry of a method. */
public final class EntryHookVisitor extends MethodVisitor {

    private final GuardedMethodVisitor calls;
    private final HookInvocation call;

    public EntryHookVisitor(GuardedMethodVisitor calls, HookInvocation call) {
        super(ASM9, calls);
        this.calls = calls;
        this.call = call;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        call.writeGuarded(calls, false);
    }
}
