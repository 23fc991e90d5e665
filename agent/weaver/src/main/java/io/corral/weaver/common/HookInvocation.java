package io.corral.weaver.common;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.NOP;
import static org.objectweb.asm.Opcodes.RETURN;

import org.objectweb.asm.MethodVisitor;

/** The call of a hook: a static method, and the locals that are its arguments. */
public class HookInvocation {

    private final String owner;
    private final String hook;
    private final String descriptor;
    private final int[] locals;

    /** @param locals the arguments, or the first of them, if a subclass loads more */
    public HookInvocation(String owner, String hook, String descriptor, int... locals) {
        this.owner = owner;
        this.hook = hook;
        this.descriptor = descriptor;
        this.locals = locals;
    }

    protected void loadArguments(MethodVisitor to) {
        for (int local : locals) {
            to.visitVarInsn(ALOAD, local);
        }
    }

    /** Writes the call without a guard. */
    public final void write(MethodVisitor to) {
        loadArguments(to);
        to.visitMethodInsn(INVOKESTATIC, owner, hook, descriptor, false);
    }

    /** Writes the call with a catch-all around it. */
    public final void writeGuarded(GuardedMethodVisitor to, boolean thisOnStack) {
        to.beginGuard(thisOnStack);
        write(to);
        to.endGuard();
    }

    /**
     * Writes a guarded call at the entry of a method. The method's first instruction may have a
     * frame, as a loop's begin has; two frames can't be at one offset.
     */
    public final MethodVisitor atEntry(GuardedMethodVisitor calls) {
        return new MethodVisitor(ASM9, calls) {
            @Override
            public void visitCode() {
                super.visitCode();
                writeGuarded(calls, false);
                visitInsn(NOP);
            }
        };
    }

    /** Writes a guarded call where a method without a result returns. */
    public final MethodVisitor atReturn(GuardedMethodVisitor calls) {
        return new MethodVisitor(ASM9, calls) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == RETURN) {
                    writeGuarded(calls, false);
                }
                super.visitInsn(opcode);
            }
        };
    }
}
