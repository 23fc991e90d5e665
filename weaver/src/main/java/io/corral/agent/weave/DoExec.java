package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.IFNONNULL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes a new {@code ForkJoinTask.doExec}, which calls the JDK's under another name:
 *
 * <pre>
 * if (!ForkJoinHook.isUsed()) {
 *     int result = corral$doExec();
 *     try { ForkJoinHook.endUnused(); } catch (Throwable) {}
 *     return result;
 * }
 * Object submitter = PlacedRunnable.submitter(this.corral$submitter);
 * if (submitter == null &amp;&amp; !ForkJoinHook.watches()) return corral$doExec();
 * if (submitter != null) this.corral$submitter = PlacedRunnable.withoutSubmitter(this.corral$submitter);
 * Object scope = null;
 * try { scope = ForkJoinHook.begin(submitter); } catch (Throwable) {}
 * try { return corral$doExec(); } finally { try { ForkJoinHook.end(scope); } catch (Throwable) {} }
 * </pre>
 */
final class DoExec {

    private static final String OBJECT = "java/lang/Object";
    private static final String THROWABLE = "java/lang/Throwable";

    private final String owner;
    private final String name;
    private final String descriptor;

    /** Of the arguments, this among them. */
    private final List<Object> arguments = new ArrayList<>();

    private final int submitter;
    private final int scope;

    DoExec(String owner, String name, String descriptor) {
        this.owner = owner;
        this.name = name;
        this.descriptor = descriptor;
        arguments.add(owner);
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            // Of one slot each, which is all these methods have.
            arguments.add(
                    argument.getSort() == Type.OBJECT
                            ? argument.getInternalName()
                            : Opcodes.INTEGER);
        }
        submitter = arguments.size();
        scope = submitter + 1;
    }

    static String originalOf(String name) {
        return "corral$" + name;
    }

    void write(ClassVisitor to, int access) {
        MethodVisitor method = to.visitMethod(access, name, descriptor, null, null);
        method.visitCode();
        takeSubmitter(method);
        method.visitInsn(ACONST_NULL);
        method.visitVarInsn(ASTORE, scope);
        Label from = new Label();
        Label until = new Label();
        Label thrown = new Label();
        method.visitTryCatchBlock(from, until, thrown, null);
        begin(method);
        method.visitLabel(from);
        call(method);
        method.visitLabel(until);
        end(method, returnInstruction() == Opcodes.RETURN ? List.of() : List.of(Opcodes.INTEGER));
        method.visitInsn(returnInstruction());
        method.visitLabel(thrown);
        CatchAll.frame(method, localsWith(List.of()), List.of(THROWABLE));
        end(method, List.of(THROWABLE));
        method.visitInsn(ATHROW);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private void takeSubmitter(MethodVisitor method) {
        Label handed = new Label();
        Label used = new Label();
        hook(method, "isUsed", "()Z");
        method.visitJumpInsn(IFNE, used);
        callUnused(method);
        method.visitLabel(used);
        CatchAll.frame(method, arguments, List.of());
        method.visitVarInsn(ALOAD, 0);
        KeptRunnable.get(method, "submitter");
        method.visitVarInsn(ASTORE, submitter);
        method.visitVarInsn(ALOAD, submitter);
        method.visitJumpInsn(IFNONNULL, handed);
        Label watched = new Label();
        hook(method, "watches", "()Z");
        method.visitJumpInsn(IFNE, watched);
        call(method);
        method.visitInsn(returnInstruction());
        method.visitLabel(handed);
        List<Object> locals = new ArrayList<>(arguments);
        locals.add(OBJECT);
        CatchAll.frame(method, locals, List.of());
        method.visitVarInsn(ALOAD, 0);
        method.visitVarInsn(ALOAD, 0);
        KeptRunnable.get(method, "withoutSubmitter");
        KeptRunnable.put(method);
        method.visitLabel(watched);
        CatchAll.frame(method, locals, List.of());
    }

    private void callUnused(MethodVisitor method) {
        boolean hasResult = returnInstruction() != Opcodes.RETURN;
        int result = arguments.size();
        List<Object> locals = new ArrayList<>(arguments);
        call(method);
        if (hasResult) {
            method.visitVarInsn(Opcodes.ISTORE, result);
            locals.add(Opcodes.INTEGER);
        }
        CatchAll guard = new CatchAll(method);
        hook(method, "endUnused", "()V");
        guard.end(locals);
        if (hasResult) {
            method.visitVarInsn(Opcodes.ILOAD, result);
        }
        method.visitInsn(returnInstruction());
    }

    private int returnInstruction() {
        return Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN);
    }

    private void begin(MethodVisitor method) {
        CatchAll guard = new CatchAll(method);
        method.visitVarInsn(ALOAD, submitter);
        hook(method, "begin", "(L" + OBJECT + ";)L" + OBJECT + ";");
        method.visitVarInsn(ASTORE, scope);
        guard.end(localsWith(List.of()));
    }

    /** What is on the stack stays there: kept in a local meanwhile, as a catch clears the stack. */
    private void end(MethodVisitor method, List<Object> stack) {
        int kept = scope + 1;
        boolean isNumber = stack.equals(List.of(Opcodes.INTEGER));
        if (!stack.isEmpty()) {
            method.visitVarInsn(isNumber ? Opcodes.ISTORE : ASTORE, kept);
        }
        CatchAll guard = new CatchAll(method);
        method.visitVarInsn(ALOAD, scope);
        hook(method, "end", "(L" + OBJECT + ";)V");
        guard.end(localsWith(stack));
        if (!stack.isEmpty()) {
            method.visitVarInsn(isNumber ? Opcodes.ILOAD : ALOAD, kept);
        }
    }

    private void call(MethodVisitor method) {
        for (int i = 0; i < arguments.size(); i++) {
            method.visitVarInsn(arguments.get(i) == Opcodes.INTEGER ? Opcodes.ILOAD : ALOAD, i);
        }
        method.visitMethodInsn(INVOKEVIRTUAL, owner, originalOf(name), descriptor, false);
    }

    private static void hook(MethodVisitor method, String hook, String descriptor) {
        method.visitMethodInsn(INVOKESTATIC, TaskNames.FORK_JOIN_HOOK, hook, descriptor, false);
    }

    /** The arguments, the submitter, the scope, and what else is kept. */
    private List<Object> localsWith(List<Object> kept) {
        List<Object> locals = new ArrayList<>(arguments);
        locals.add(OBJECT);
        locals.add(OBJECT);
        locals.addAll(kept);
        return locals;
    }
}
