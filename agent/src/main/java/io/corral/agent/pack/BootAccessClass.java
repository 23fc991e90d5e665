package io.corral.agent.pack;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.BIPUSH;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.F_SAME;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.ICONST_1;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.V17;

import io.corral.agent.boot.BootAccess;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * What a {@link BootAccess} asks: a class in {@code java.base}, not public, and generated because {@code javac} would not compile
 * against what it calls, and reflection costs twice the time at start. It is an {@code InvocationHandler}, which is asked by a number in
 * the place of the proxy.
 */
final class BootAccessClass {

    static final String NAME = "java/lang/CorralBootAccess";

    private static final String JAVA_LANG_ACCESS = "jdk/internal/access/JavaLangAccess";

    /** The flags NESTMATE_CLASS, HIDDEN_CLASS and STRONG_LOADER_LINK of MethodHandleNatives. */
    private static final int HIDDEN_STRONG_NEST_MATE = 1 | 2 | 4;

    /** Of {@code invoke}: the local variable that has the arguments. */
    private static final int WITH = 3;

    private BootAccessClass() {}

    static byte[] classFile() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_FINAL, NAME, null, "java/lang/Object", new String[] {
            "java/lang/reflect/InvocationHandler"
        });
        MethodVisitor invoke = writer.visitMethod(
                ACC_PUBLIC,
                "invoke",
                "(Ljava/lang/Object;Ljava/lang/reflect/Method;[Ljava/lang/Object;)Ljava/lang/Object;",
                null,
                new String[] {"java/lang/InstantiationException"});
        invoke.visitCode();
        invoke.visitVarInsn(ALOAD, 1);
        unboxed(invoke);
        Label[] answers = new Label[BootAccess.IS_DUMPING_ARCHIVE + 1];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = new Label();
        }
        Label none = new Label();
        invoke.visitTableSwitchInsn(0, answers.length - 1, none, answers);
        begin(invoke, answers[BootAccess.DEFINE]);
        define(invoke);
        begin(invoke, answers[BootAccess.HIDDEN]);
        hidden(invoke);
        begin(invoke, answers[BootAccess.ADD_READS]);
        addReads(invoke);
        begin(invoke, answers[BootAccess.LOAD_LIBRARY]);
        loadLibrary(invoke);
        begin(invoke, answers[BootAccess.IS_DUMPING_ARCHIVE]);
        isDumpingArchive(invoke);
        begin(invoke, none);
        invoke.visitInsn(ACONST_NULL);
        Generated.end(invoke, ARETURN);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void begin(MethodVisitor invoke, Label answer) {
        invoke.visitLabel(answer);
        invoke.visitFrame(F_SAME, 0, null, 0, null);
    }

    private static void define(MethodVisitor invoke) {
        Unsafe.push(invoke);
        // No name: the class file has it.
        invoke.visitInsn(ACONST_NULL);
        argument(invoke, 0, "[B");
        argument(invoke, 1);
        unboxed(invoke);
        argument(invoke, 2);
        unboxed(invoke);
        invoke.visitInsn(ACONST_NULL);
        invoke.visitInsn(ACONST_NULL);
        Unsafe.defineClass(invoke);
        invoke.visitInsn(ARETURN);
    }

    /**
     * As {@code Lookup.defineHiddenClass} does it, which asks for a lookup of the host's own module.
     */
    private static void hidden(MethodVisitor invoke) {
        Unsafe.push(invoke);
        pushJavaLangAccess(invoke);
        invoke.visitInsn(ACONST_NULL);
        argument(invoke, 0, "java/lang/Class");
        argument(invoke, 1, "java/lang/String");
        argument(invoke, 2, "[B");
        invoke.visitInsn(ACONST_NULL);
        invoke.visitInsn(ICONST_1);
        invoke.visitIntInsn(BIPUSH, HIDDEN_STRONG_NEST_MATE);
        invoke.visitInsn(ACONST_NULL);
        invoke.visitMethodInsn(
                INVOKEINTERFACE,
                JAVA_LANG_ACCESS,
                "defineClass",
                "(Ljava/lang/ClassLoader;Ljava/lang/Class;Ljava/lang/String;[B"
                        + "Ljava/security/ProtectionDomain;ZILjava/lang/Object;)Ljava/lang/Class;",
                true);
        Unsafe.allocateInstance(invoke);
        invoke.visitInsn(ARETURN);
    }

    private static void addReads(MethodVisitor invoke) {
        pushJavaLangAccess(invoke);
        argument(invoke, 0, "java/lang/Module");
        argument(invoke, 1, "java/lang/Module");
        invoke.visitMethodInsn(
                INVOKEINTERFACE,
                JAVA_LANG_ACCESS,
                "addReads",
                "(Ljava/lang/Module;Ljava/lang/Module;)V",
                true);
        invoke.visitInsn(ACONST_NULL);
        invoke.visitInsn(ARETURN);
    }

    private static void loadLibrary(MethodVisitor invoke) {
        argument(invoke, 0, "java/lang/String");
        invoke.visitMethodInsn(
                INVOKESTATIC,
                "jdk/internal/loader/BootLoader",
                "loadLibrary",
                "(Ljava/lang/String;)V",
                false);
        invoke.visitInsn(ACONST_NULL);
        invoke.visitInsn(ARETURN);
    }

    private static void isDumpingArchive(MethodVisitor invoke) {
        invoke.visitMethodInsn(
                INVOKESTATIC, "jdk/internal/misc/CDS", "isDumpingArchive", "()Z", false);
        invoke.visitMethodInsn(
                INVOKESTATIC, "java/lang/Boolean", "valueOf", "(Z)Ljava/lang/Boolean;", false);
        invoke.visitInsn(ARETURN);
    }

    private static void argument(MethodVisitor invoke, int index, String type) {
        argument(invoke, index);
        invoke.visitTypeInsn(CHECKCAST, type);
    }

    private static void argument(MethodVisitor invoke, int index) {
        invoke.visitVarInsn(ALOAD, WITH);
        invoke.visitInsn(ICONST_0 + index);
        invoke.visitInsn(AALOAD);
    }

    private static void unboxed(MethodVisitor invoke) {
        invoke.visitTypeInsn(CHECKCAST, "java/lang/Integer");
        invoke.visitMethodInsn(INVOKEVIRTUAL, "java/lang/Integer", "intValue", "()I", false);
    }

    private static void pushJavaLangAccess(MethodVisitor invoke) {
        invoke.visitMethodInsn(
                INVOKESTATIC,
                "jdk/internal/access/SharedSecrets",
                "getJavaLangAccess",
                "()L" + JAVA_LANG_ACCESS + ";",
                false);
    }
}
