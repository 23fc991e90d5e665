package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Has the loop of a fork-join pool's worker, {@code ForkJoinPool.runWorker}, say when it begins and however it ends:
 *
 * <pre>
 * try { ForkJoinHook.works(); } catch (Throwable) {}
 * try { ... } finally { try { ForkJoinHook.worksNoMore(); } catch (Throwable) {} }
 * </pre>
 */
final class AroundLoop extends MethodVisitor {

    private static final String THROWABLE = "java/lang/Throwable";

    /** The arguments, this among them: no more is known where it throws. */
    private final List<Object> locals = new ArrayList<>();

    private final Label from = new Label();

    AroundLoop(String owner, String descriptor, MethodVisitor to) {
        super(ASM9, to);
        locals.add(owner);
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            locals.add(argument.getInternalName());
        }
    }

    @Override
    public void visitCode() {
        super.visitCode();
        tell("works", locals);
        mv.visitLabel(from);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == RETURN) {
            tell("worksNoMore", locals);
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
        int failure = locals.size();
        mv.visitVarInsn(ASTORE, failure);
        List<Object> held = new ArrayList<>(locals);
        held.add(THROWABLE);
        tell("worksNoMore", held);
        mv.visitVarInsn(ALOAD, failure);
        mv.visitInsn(ATHROW);
        super.visitMaxs(stack, variables);
    }

    private void tell(String hook, List<Object> held) {
        CatchAll guard = new CatchAll(mv);
        mv.visitMethodInsn(INVOKESTATIC, TaskNames.FORK_JOIN_HOOK, hook, "()V", false);
        guard.end(held);
    }
}
