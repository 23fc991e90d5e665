package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.F_NEW;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.IFNONNULL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.PUTFIELD;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes a new {@code ForkJoinTask.doExec}, which calls the JDK's under another name:
 *
 * <pre>
 * Object submitter = this.corral$submitter;
 * if (submitter == null) return corral$doExec();
 * this.corral$submitter = null;
 * Object scope = TaskHook.begin(submitter);
 * try { return corral$doExec(); } finally { TaskHook.end(scope); }
 * </pre>
 */
final class DoExec {

    static final String ORIGINAL = "corral$doExec";

    private static final String OWNER = "java/util/concurrent/ForkJoinTask";
    private static final String OBJECT = "java/lang/Object";
    private static final int SUBMITTER = 1;
    private static final int SCOPE = 2;

    private DoExec() {}

    /** @param descriptor of the JDK's: on some it returns a status, on others nothing */
    static void write(ClassVisitor to, int access, String descriptor) {
        MethodVisitor method = to.visitMethod(access, "doExec", descriptor, null, null);
        int returnInstruction = Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN);
        Label handed = new Label();
        Label from = new Label();
        Label until = new Label();
        Label thrown = new Label();
        method.visitCode();
        method.visitTryCatchBlock(from, until, thrown, null);
        method.visitVarInsn(ALOAD, 0);
        method.visitFieldInsn(GETFIELD, OWNER, TaskWeaving.SUBMITTER, "L" + OBJECT + ";");
        method.visitVarInsn(ASTORE, SUBMITTER);
        method.visitVarInsn(ALOAD, SUBMITTER);
        method.visitJumpInsn(IFNONNULL, handed);
        call(method, descriptor);
        method.visitInsn(returnInstruction);
        method.visitLabel(handed);
        method.visitFrame(F_NEW, 2, new Object[] {OWNER, OBJECT}, 0, new Object[0]);
        method.visitVarInsn(ALOAD, 0);
        method.visitInsn(ACONST_NULL);
        method.visitFieldInsn(PUTFIELD, OWNER, TaskWeaving.SUBMITTER, "L" + OBJECT + ";");
        method.visitVarInsn(ALOAD, SUBMITTER);
        method.visitMethodInsn(
                INVOKESTATIC,
                TaskWeaving.HOOK,
                "begin",
                "(L" + OBJECT + ";)L" + OBJECT + ";",
                false);
        method.visitVarInsn(ASTORE, SCOPE);
        method.visitLabel(from);
        call(method, descriptor);
        method.visitLabel(until);
        end(method);
        method.visitInsn(returnInstruction);
        method.visitLabel(thrown);
        method.visitFrame(F_NEW, 3, new Object[] {OWNER, OBJECT, OBJECT}, 1, new Object[] {
            "java/lang/Throwable"
        });
        end(method);
        method.visitInsn(ATHROW);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void call(MethodVisitor method, String descriptor) {
        method.visitVarInsn(ALOAD, 0);
        method.visitMethodInsn(INVOKEVIRTUAL, OWNER, ORIGINAL, descriptor, false);
    }

    /** What is on the stack stays there. */
    private static void end(MethodVisitor method) {
        method.visitVarInsn(ALOAD, SCOPE);
        method.visitMethodInsn(INVOKESTATIC, TaskWeaving.HOOK, "end", "(L" + OBJECT + ";)V", false);
    }
}
