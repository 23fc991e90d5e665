package io.corral.weaver;

import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * Weaves a hook before each return of {@code ManagementFactory.getPlatformMBeanServer()}. The hook
 * throws nothing.
 */
final class ManagementFactoryVisitor extends ClassVisitor {

    static final String FACTORY = "java/lang/management/ManagementFactory";

    private boolean isFound;

    private ManagementFactoryVisitor(ClassWriter writer) {
        super(ASM9, writer);
    }

    /** @return null if the class has no such method */
    static byte @Nullable [] weave(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        ManagementFactoryVisitor weaving = new ManagementFactoryVisitor(writer);
        reader.accept(weaving, 0);
        return weaving.isFound ? writer.toByteArray() : null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
        if (!name.equals("getPlatformMBeanServer") || to == null) {
            return to;
        }
        isFound = true;
        return new MethodVisitor(ASM9, to) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == ARETURN) {
                    visitMethodInsn(
                            INVOKESTATIC,
                            "io/corral/runtime/hook/ManagementHook",
                            "serverMade",
                            "()V",
                            false);
                }
                super.visitInsn(opcode);
            }
        };
    }
}
