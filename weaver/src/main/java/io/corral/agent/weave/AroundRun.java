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
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.LocalVariablesSorter;

/**
 * Has the {@code run()} of a task that remembers itself enter where it comes from, whoever calls it:
 *
 * <pre>
 * Object scope = null;
 * try { scope = TaskHook.beginOwn(this); } catch (Throwable) {}
 * try { ... } finally { try { TaskHook.end(scope); } catch (Throwable) {} }
 * </pre>
 *
 * <p>Another agent may have woven the method before, and have locals and handlers in it: its locals make room, and its handlers come
 * first.
 */
final class AroundRun extends LocalVariablesSorter {

    private static final String THROWABLE = "java/lang/Throwable";
    private static final Type OBJECT = Type.getType(TaskNames.OBJECT);

    private final String beginning;
    private final List<Object> locals;
    private final int scope;
    private final Label from = new Label();

    /** @param beginning the hook that begins */
    AroundRun(String owner, int access, String descriptor, String beginning, MethodVisitor to) {
        super(ASM9, access, descriptor, to);
        this.beginning = beginning;
        locals = List.of(owner, "java/lang/Object");
        // The first behind this, so that it is where frames with no other local have it.
        scope = newLocal(OBJECT);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        mv.visitInsn(ACONST_NULL);
        mv.visitVarInsn(ASTORE, scope);
        CatchAll guard = new CatchAll(mv);
        mv.visitVarInsn(ALOAD, 0);
        String takes = "(" + TaskNames.OBJECT + ")" + TaskNames.OBJECT;
        mv.visitMethodInsn(INVOKESTATIC, TaskNames.HOOK, beginning, takes, false);
        mv.visitVarInsn(ASTORE, scope);
        guard.end(locals);
        mv.visitLabel(from);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == RETURN) {
            end(locals);
        }
        super.visitInsn(opcode);
    }

    /** Behind all other handlers. That a return lies in it does no harm: nothing there throws. */
    @Override
    public void visitMaxs(int stack, int variables) {
        Label thrown = new Label();
        mv.visitTryCatchBlock(from, thrown, thrown, null);
        mv.visitLabel(thrown);
        CatchAll.frame(mv, locals, List.of(THROWABLE));
        int failure = scope + 1;
        mv.visitVarInsn(ASTORE, failure);
        end(List.of(locals.get(0), locals.get(1), THROWABLE));
        mv.visitVarInsn(ALOAD, failure);
        mv.visitInsn(ATHROW);
        super.visitMaxs(stack, variables);
    }

    private void end(List<Object> held) {
        CatchAll guard = new CatchAll(mv);
        mv.visitVarInsn(ALOAD, scope);
        String takes = "(" + TaskNames.OBJECT + ")V";
        mv.visitMethodInsn(INVOKESTATIC, TaskNames.HOOK, "end", takes, false);
        guard.end(held);
    }
}
