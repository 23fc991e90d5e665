package io.corral.weaver.threads;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.F_NEW;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.INTEGER;
import static org.objectweb.asm.Opcodes.NOP;
import static org.objectweb.asm.Opcodes.RETURN;

import io.corral.weaver.threads.WeavePoint.Target;
import java.util.Set;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Calls a hook at the entry of a method that gives a virtual thread to its scheduler. The method
 * returns at once if the hook has queued the thread.
 *
 * <p>These methods call one another, so the hook may be called again, for a thread that it has not
 * queued. It may queue the thread then.
 */
final class ReadyHookVisitor extends MethodVisitor {

    private static final String THREAD = Target.VIRTUAL_THREAD.internalName();

    private final String descriptor;
    private final Set<WeavePoint> found;

    ReadyHookVisitor(MethodVisitor to, String descriptor, Set<WeavePoint> found) {
        super(ASM9, to);
        this.descriptor = descriptor;
        this.found = found;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        Label submits = new Label();
        super.visitVarInsn(ALOAD, 0);
        super.visitVarInsn(ALOAD, 0);
        super.visitFieldInsn(GETFIELD, THREAD, "runContinuation", "Ljava/lang/Runnable;");
        ThreadHook.VIRTUAL_READY.write(mv, found);
        super.visitJumpInsn(IFEQ, submits);
        super.visitInsn(RETURN);
        super.visitLabel(submits);
        Object[] locals = locals();
        super.visitFrame(F_NEW, locals.length, locals, 0, new Object[0]);
        // The method's first instruction may have a frame. Two frames can't be at one offset.
        super.visitInsn(NOP);
    }

    /** The types of {@code this} and of the parameters. */
    private Object[] locals() {
        Type[] parameters = Type.getArgumentTypes(descriptor);
        Object[] locals = new Object[1 + parameters.length];
        locals[0] = THREAD;
        for (int i = 0; i < parameters.length; i++) {
            Type type = parameters[i];
            locals[1 + i] = type.getSort() == Type.OBJECT ? type.getInternalName() : INTEGER;
        }
        return locals;
    }
}
