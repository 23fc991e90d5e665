package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.LocalVariablesSorter;

/**
 * Writes hooks around the body of a method, which returns an {@code int} or nothing:
 *
 * <pre>
 * Object begun = null;
 * try { begun = Hook.begin(this); } catch (Throwable) {}
 * try { ... } finally { try { Hook.end(begun); } catch (Throwable) {} }
 * </pre>
 *
 * <p>Another agent may have woven the method before. So the locals of the method are moved up to
 * make room, and its own handlers come first.
 */
final class AroundMethod extends LocalVariablesSorter {

    private static final String THROWABLE = "java/lang/Throwable";
    private static final Type OBJECT = Type.getType(TaskNames.OBJECT);

    private final Hooks hooks;

    /** The locals: this, the arguments, and the result of the first hook. */
    private final List<Object> locals = new ArrayList<>();

    private final int begun;
    private final Label from = new Label();

    /** The two hooks, which are methods of one class. */
    record Hooks(String owner, String begin, String end) {}

    AroundMethod(String owner, int access, String descriptor, Hooks hooks, MethodVisitor to) {
        super(ASM9, access, descriptor, to);
        this.hooks = hooks;
        locals.add(owner);
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            // None of these methods has a long or a double.
            locals.add(
                    argument.getSort() == Type.OBJECT
                            ? argument.getInternalName()
                            : Opcodes.INTEGER);
        }
        locals.add("java/lang/Object");
        begun = newLocal(OBJECT);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        mv.visitInsn(ACONST_NULL);
        mv.visitVarInsn(ASTORE, begun);
        CatchAll guard = new CatchAll(mv);
        mv.visitVarInsn(ALOAD, 0);
        call(hooks.begin(), "(" + TaskNames.OBJECT + ")" + TaskNames.OBJECT);
        mv.visitVarInsn(ASTORE, begun);
        guard.end(locals);
        mv.visitLabel(from);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == RETURN) {
            end(locals);
        } else if (opcode == IRETURN) {
            mv.visitVarInsn(ISTORE, begun + 1);
            end(localsWith(Opcodes.INTEGER));
            mv.visitVarInsn(ILOAD, begun + 1);
        }
        super.visitInsn(opcode);
    }

    /**
     * Written after all other handlers. They also cover a return, which is harmless, since a return
     * does not throw.
     */
    @Override
    public void visitMaxs(int stack, int variables) {
        Label thrown = new Label();
        mv.visitTryCatchBlock(from, thrown, thrown, null);
        mv.visitLabel(thrown);
        CatchAll.frame(mv, locals, List.of(THROWABLE));
        mv.visitVarInsn(ASTORE, begun + 1);
        end(localsWith(THROWABLE));
        mv.visitVarInsn(ALOAD, begun + 1);
        mv.visitInsn(ATHROW);
        super.visitMaxs(stack, variables);
    }

    private List<Object> localsWith(Object kept) {
        List<Object> all = new ArrayList<>(locals);
        all.add(kept);
        return all;
    }

    private void end(List<Object> held) {
        CatchAll guard = new CatchAll(mv);
        mv.visitVarInsn(ALOAD, begun);
        call(hooks.end(), "(" + TaskNames.OBJECT + ")V");
        guard.end(held);
    }

    private void call(String hook, String descriptor) {
        mv.visitMethodInsn(INVOKESTATIC, hooks.owner(), hook, descriptor, false);
    }
}
