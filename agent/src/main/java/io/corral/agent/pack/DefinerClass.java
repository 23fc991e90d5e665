package io.corral.agent.pack;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_VOLATILE;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ARRAYLENGTH;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.F_SAME;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.ICONST_1;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.PUTSTATIC;
import static org.objectweb.asm.Opcodes.V17;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * A {@code UnaryOperator} over {@code jdk.internal.misc.Unsafe}: a class file becomes an object of a new class of the boot loader. For a
 * package that the JDK exports that to; generated because {@code javac} would not compile it.
 */
final class DefinerClass {

    /** In a package that is open to all. */
    static final String IN_OPEN_PACKAGE = "sun/misc/CorralDefiner";

    static final String IN_AGENT = "io/corral/agent/boot/GeneratedDefiner";

    /** Whether it has defined one. */
    private static final String USED = "used";

    private DefinerClass() {}

    static byte[] classFile(String name) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        // The agent makes an object of its own class as of any other.
        int access = name.equals(IN_AGENT) ? ACC_PUBLIC : 0;
        writer.visit(V17, access | ACC_FINAL, name, null, "java/lang/Object", new String[] {
            "java/util/function/UnaryOperator"
        });
        writer.visitField(ACC_PRIVATE | ACC_STATIC | ACC_VOLATILE, USED, "Z", null, null)
                .visitEnd();
        Generated.constructor(writer, access);
        MethodVisitor apply = writer.visitMethod(
                ACC_PUBLIC, "apply", "(Ljava/lang/Object;)Ljava/lang/Object;", null, new String[] {
                    "java/lang/InstantiationException"
                });
        apply.visitCode();
        Label unused = new Label();
        apply.visitFieldInsn(GETSTATIC, name, USED, "Z");
        apply.visitJumpInsn(IFEQ, unused);
        apply.visitInsn(ACONST_NULL);
        apply.visitInsn(ARETURN);
        apply.visitLabel(unused);
        apply.visitFrame(F_SAME, 0, null, 0, null);
        apply.visitInsn(ICONST_1);
        apply.visitFieldInsn(PUTSTATIC, name, USED, "Z");
        Unsafe.push(apply);
        Unsafe.push(apply);
        // No name: the class file has it.
        apply.visitInsn(ACONST_NULL);
        apply.visitVarInsn(ALOAD, 1);
        apply.visitTypeInsn(CHECKCAST, "[B");
        apply.visitInsn(ICONST_0);
        apply.visitVarInsn(ALOAD, 1);
        apply.visitTypeInsn(CHECKCAST, "[B");
        apply.visitInsn(ARRAYLENGTH);
        apply.visitInsn(ACONST_NULL);
        apply.visitInsn(ACONST_NULL);
        Unsafe.defineClass(apply);
        Unsafe.allocateInstance(apply);
        Generated.end(apply, ARETURN);
        writer.visitEnd();
        return writer.toByteArray();
    }
}
