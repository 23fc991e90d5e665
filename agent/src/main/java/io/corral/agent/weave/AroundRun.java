package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Has the {@code run()} of a task that remembers itself enter where it comes from, whoever calls it:
 *
 * <pre>
 * Object scope = null;
 * try { scope = TaskHook.beginOwn(this); } catch (Throwable) {}
 * try { ... } finally { try { TaskHook.end(scope); } catch (Throwable) {} }
 * </pre>
 *
 * <p>Of a method without jumps, so that it has no frames of its own.
 */
final class AroundRun extends MethodVisitor {

    private static final String THROWABLE = "java/lang/Throwable";
    private static final int SCOPE = 1;
    private static final int THROWN = 2;

    private final List<Object> locals;
    private final Label until = new Label();
    private final Label thrown = new Label();

    AroundRun(String owner, MethodVisitor to) {
        super(ASM9, to);
        locals = List.of(owner, "java/lang/Object");
    }

    @Override
    public void visitCode() {
        super.visitCode();
        super.visitInsn(ACONST_NULL);
        super.visitVarInsn(ASTORE, SCOPE);
        CatchAll guard = new CatchAll(mv);
        super.visitVarInsn(ALOAD, 0);
        String takes = "(" + TaskNames.OBJECT + ")" + TaskNames.OBJECT;
        super.visitMethodInsn(INVOKESTATIC, TaskNames.HOOK, "beginOwn", takes, false);
        super.visitVarInsn(ASTORE, SCOPE);
        guard.end(locals);
        Label from = new Label();
        super.visitTryCatchBlock(from, until, thrown, null);
        super.visitLabel(from);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == RETURN) {
            super.visitLabel(until);
            end(locals);
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int stack, int variables) {
        super.visitLabel(thrown);
        CatchAll.frame(mv, locals, List.of(THROWABLE));
        super.visitVarInsn(ASTORE, THROWN);
        end(List.of(locals.get(0), locals.get(1), THROWABLE));
        super.visitVarInsn(ALOAD, THROWN);
        super.visitInsn(ATHROW);
        super.visitMaxs(stack, variables);
    }

    private void end(List<Object> held) {
        CatchAll guard = new CatchAll(mv);
        super.visitVarInsn(ALOAD, SCOPE);
        super.visitMethodInsn(
                INVOKESTATIC, TaskNames.HOOK, "end", "(" + TaskNames.OBJECT + ")V", false);
        guard.end(held);
    }
}
