package io.corral.weaver.common;

import static org.objectweb.asm.Opcodes.F_NEW;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.POP;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes a catch-all handler around the code that is written between its construction and its end,
 * where the locals are known and the stack is empty. ({@link GuardedMethodVisitor} finds out what a
 * method's locals are.)
 */
public final class CatchAll {

    private static final String THROWABLE = "java/lang/Throwable";

    private final MethodVisitor method;
    private final Label until = new Label();
    private final Label thrown = new Label();

    public CatchAll(MethodVisitor method) {
        this.method = method;
        Label from = new Label();
        method.visitTryCatchBlock(from, until, thrown, THROWABLE);
        method.visitLabel(from);
    }

    public void end(List<Object> locals) {
        Label after = new Label();
        method.visitLabel(until);
        method.visitJumpInsn(GOTO, after);
        method.visitLabel(thrown);
        frame(method, locals, List.of(THROWABLE));
        method.visitInsn(POP);
        method.visitLabel(after);
        frame(method, locals, List.of());
    }

    static void frame(MethodVisitor method, List<Object> locals, List<Object> stack) {
        method.visitFrame(F_NEW, locals.size(), locals.toArray(), stack.size(), stack.toArray());
    }
}
