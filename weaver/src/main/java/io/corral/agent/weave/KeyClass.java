package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_INTERFACE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.ICONST_1;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.V17;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/** The class of the runtime's static key, an interface with one method, with a constant for an answer. */
public final class KeyClass {

    public static final String NAME = "io/corral/runtime/handover/HandOverKey";

    private KeyClass() {}

    public static byte[] classFile(boolean isEnabled) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_INTERFACE | ACC_ABSTRACT, NAME, null, "java/lang/Object", null);
        MethodVisitor method =
                writer.visitMethod(ACC_PUBLIC | ACC_STATIC, "isEnabled", "()Z", null, null);
        method.visitCode();
        method.visitInsn(isEnabled ? ICONST_1 : ICONST_0);
        method.visitInsn(IRETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        return writer.toByteArray();
    }
}
