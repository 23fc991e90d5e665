package io.corral.agent.boot;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ARRAYLENGTH;
import static org.objectweb.asm.Opcodes.BIPUSH;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.ICONST_1;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.V17;

import java.lang.invoke.MethodHandles;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * A {@link BootAccess} over {@code jdk.internal.misc}, generated because {@code javac} would not
 * compile against that, and reflection costs twice the time at start.
 */
final class BootAccessClass {

    private static final String NAME = "io/corral/agent/boot/GeneratedBootAccess";
    private static final String UNSAFE = "jdk/internal/misc/Unsafe";

    private static final String JAVA_LANG_ACCESS = "jdk/internal/access/JavaLangAccess";

    /** The flags NESTMATE_CLASS, HIDDEN_CLASS and STRONG_LOADER_LINK of MethodHandleNatives. */
    private static final int HIDDEN_STRONG_NEST_MATE = 1 | 2 | 4;

    private BootAccessClass() {}

    static BootAccess make() throws ReflectiveOperationException {
        return (BootAccess) MethodHandles.lookup()
                .defineClass(classFile())
                .getDeclaredConstructor()
                .newInstance();
    }

    private static byte[] classFile() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL, NAME, null, "java/lang/Object", new String[] {
            "io/corral/agent/boot/BootAccess"
        });
        Generated.constructor(writer);
        MethodVisitor define = writer.visitMethod(
                ACC_PUBLIC, "define", "(Ljava/lang/String;[B)Ljava/lang/Class;", null, null);
        define.visitCode();
        define.visitMethodInsn(INVOKESTATIC, UNSAFE, "getUnsafe", "()L" + UNSAFE + ";", false);
        define.visitVarInsn(ALOAD, 1);
        define.visitVarInsn(ALOAD, 2);
        define.visitInsn(ICONST_0);
        define.visitVarInsn(ALOAD, 2);
        define.visitInsn(ARRAYLENGTH);
        define.visitInsn(ACONST_NULL);
        define.visitInsn(ACONST_NULL);
        define.visitMethodInsn(
                INVOKEVIRTUAL,
                UNSAFE,
                "defineClass",
                "(Ljava/lang/String;[BIILjava/lang/ClassLoader;Ljava/security/ProtectionDomain;)"
                        + "Ljava/lang/Class;",
                false);
        Generated.end(define, ARETURN);
        hiddenClass(writer);
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
    private static void hiddenClass(ClassWriter writer) {
        MethodVisitor hidden = writer.visitMethod(
                ACC_PUBLIC,
                "hiddenClass",
                "(Ljava/lang/Class;Ljava/lang/String;[B)Ljava/lang/Class;",
                null,
                null);
        hidden.visitCode();
        hidden.visitMethodInsn(
                INVOKESTATIC,
                "jdk/internal/access/SharedSecrets",
                "getJavaLangAccess",
                "()L" + JAVA_LANG_ACCESS + ";",
                false);
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
        Generated.end(hidden, ARETURN);
    }
}
