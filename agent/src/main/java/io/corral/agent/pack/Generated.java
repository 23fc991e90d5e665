package io.corral.agent.pack;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.RETURN;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/** What generated classes have in common. */
final class Generated {

    private Generated() {}

    static void constructor(ClassWriter writer, int access) {
        MethodVisitor constructor = writer.visitMethod(access, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        end(constructor, RETURN);
    }

    static void end(MethodVisitor method, int returnInstruction) {
        method.visitInsn(returnInstruction);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
