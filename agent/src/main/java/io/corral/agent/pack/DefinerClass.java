package io.corral.agent.pack;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ARRAYLENGTH;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.V17;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * A {@code UnaryOperator} over {@code jdk.internal.misc.Unsafe}: a class file becomes an object of a new class of the boot loader. For a
 * package that the JDK exports that to; generated because {@code javac} would not compile it.
 */
final class DefinerClass {

    /** In a package that is open to all. */
    static final String THERE = "sun/misc/CorralDefiner";

    /** In the agent. */
    static final String HERE = "io/corral/agent/boot/GeneratedDefiner";

    private DefinerClass() {}

    static byte[] classFile(String name) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL, name, null, "java/lang/Object", new String[] {
            "java/util/function/UnaryOperator"
        });
        Generated.constructor(writer);
        MethodVisitor apply = writer.visitMethod(
                ACC_PUBLIC, "apply", "(Ljava/lang/Object;)Ljava/lang/Object;", null, new String[] {
                    "java/lang/InstantiationException"
                });
        apply.visitCode();
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
