package io.corral.agent.pack;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.BIPUSH;
import static org.objectweb.asm.Opcodes.ICONST_1;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.POP;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * A {@link BootAccess} over {@code jdk.internal.misc}, generated because {@code javac} would not
 * compile against that, and reflection costs twice the time at start.
 */
final class BootAccessClass {

    static final String NAME = "io/corral/agent/boot/GeneratedBootAccess";
    private static final String UNSAFE = "jdk/internal/misc/Unsafe";

    private static final String JAVA_LANG_ACCESS = "jdk/internal/access/JavaLangAccess";

    /** The flags NESTMATE_CLASS, HIDDEN_CLASS and STRONG_LOADER_LINK of MethodHandleNatives. */
    private static final int HIDDEN_STRONG_NEST_MATE = 1 | 2 | 4;

    private BootAccessClass() {}

    static byte[] classFile() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL, NAME, null, "java/lang/Object", new String[] {
            "io/corral/agent/boot/BootAccess"
        });
        Generated.constructor(writer);
        MethodVisitor define = writer.visitMethod(ACC_PUBLIC, "define", "([BII)V", null, null);
        define.visitCode();
        define.visitMethodInsn(INVOKESTATIC, UNSAFE, "getUnsafe", "()L" + UNSAFE + ";", false);
        // No name: the class file has it.
        define.visitInsn(ACONST_NULL);
        define.visitVarInsn(ALOAD, 1);
        define.visitVarInsn(ILOAD, 2);
        define.visitVarInsn(ILOAD, 3);
        define.visitInsn(ACONST_NULL);
        define.visitInsn(ACONST_NULL);
        define.visitMethodInsn(
                INVOKEVIRTUAL,
                UNSAFE,
                "defineClass",
                "(Ljava/lang/String;[BIILjava/lang/ClassLoader;Ljava/security/ProtectionDomain;)"
                        + "Ljava/lang/Class;",
                false);
        define.visitInsn(POP);
        Generated.end(define, RETURN);
        hidden(writer);
        addReads(writer);
        loadLibrary(writer);
        MethodVisitor dumping =
                writer.visitMethod(ACC_PUBLIC, "isDumpingArchive", "()Z", null, null);
        dumping.visitCode();
        dumping.visitMethodInsn(
                INVOKESTATIC, "jdk/internal/misc/CDS", "isDumpingArchive", "()Z", false);
        Generated.end(dumping, IRETURN);
        writer.visitEnd();
        return writer.toByteArray();
    }

    /**
     * As {@code Lookup.defineHiddenClass} does it, which asks for a lookup of the host's own module.
     */
    private static void hidden(ClassWriter writer) {
        MethodVisitor hidden = writer.visitMethod(
                ACC_PUBLIC,
                "hidden",
                "(Ljava/lang/Class;Ljava/lang/String;[B)Ljava/lang/Object;",
                null,
                new String[] {"java/lang/InstantiationException"});
        hidden.visitCode();
        hidden.visitMethodInsn(INVOKESTATIC, UNSAFE, "getUnsafe", "()L" + UNSAFE + ";", false);
        pushJavaLangAccess(hidden);
        hidden.visitInsn(ACONST_NULL);
        hidden.visitVarInsn(ALOAD, 1);
        hidden.visitVarInsn(ALOAD, 2);
        hidden.visitVarInsn(ALOAD, 3);
        hidden.visitInsn(ACONST_NULL);
        hidden.visitInsn(ICONST_1);
        hidden.visitIntInsn(BIPUSH, HIDDEN_STRONG_NEST_MATE);
        hidden.visitInsn(ACONST_NULL);
        hidden.visitMethodInsn(
                INVOKEINTERFACE,
                JAVA_LANG_ACCESS,
                "defineClass",
                "(Ljava/lang/ClassLoader;Ljava/lang/Class;Ljava/lang/String;[B"
                        + "Ljava/security/ProtectionDomain;ZILjava/lang/Object;)Ljava/lang/Class;",
                true);
        hidden.visitMethodInsn(
                INVOKEVIRTUAL,
                UNSAFE,
                "allocateInstance",
                "(Ljava/lang/Class;)Ljava/lang/Object;",
                false);
        Generated.end(hidden, ARETURN);
    }

    private static void addReads(ClassWriter writer) {
        MethodVisitor reads = writer.visitMethod(
                ACC_PUBLIC, "addReads", "(Ljava/lang/Module;Ljava/lang/Module;)V", null, null);
        reads.visitCode();
        pushJavaLangAccess(reads);
        reads.visitVarInsn(ALOAD, 1);
        reads.visitVarInsn(ALOAD, 2);
        reads.visitMethodInsn(
                INVOKEINTERFACE,
                JAVA_LANG_ACCESS,
                "addReads",
                "(Ljava/lang/Module;Ljava/lang/Module;)V",
                true);
        Generated.end(reads, RETURN);
    }

    private static void loadLibrary(ClassWriter writer) {
        MethodVisitor load =
                writer.visitMethod(ACC_PUBLIC, "loadLibrary", "(Ljava/lang/String;)V", null, null);
        load.visitCode();
        load.visitVarInsn(ALOAD, 1);
        load.visitMethodInsn(
                INVOKESTATIC,
                "jdk/internal/loader/BootLoader",
                "loadLibrary",
                "(Ljava/lang/String;)V",
                false);
        Generated.end(load, RETURN);
    }

    private static void pushJavaLangAccess(MethodVisitor method) {
        method.visitMethodInsn(
                INVOKESTATIC,
                "jdk/internal/access/SharedSecrets",
                "getJavaLangAccess",
                "()L" + JAVA_LANG_ACCESS + ";",
                false);
    }
}
