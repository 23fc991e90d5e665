package io.corral.agent.boot;

import static org.objectweb.asm.Opcodes.ASM9;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * Gives the methods of hooks and of members that ask for it the JVM's reserved stack. The annotation that does so is
 * the JDK's own, and heeded in the boot loader only; a compiler does not let us name it.
 */
final class ReservedStack extends ClassVisitor {

    private static final String HOOKS = "io/corral/runtime/hook/";
    private static final String MEMBER = "io/corral/runtime/membership/Member";
    private static final String OURS = "Lio/corral/runtime/jdk/ReservedStack;";
    private static final String JDKS = "Ljdk/internal/vm/annotation/ReservedStackAccess;";

    private ReservedStack(ClassWriter to) {
        super(ASM9, to);
    }

    static byte[] grant(ClassReader reader, byte[] classFile) {
        String name = reader.getClassName();
        if (!name.startsWith(HOOKS) && !name.equals(MEMBER)) {
            return classFile;
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new ReservedStack(writer), 0);
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        return new MethodVisitor(
                ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
            @Override
            public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
                return super.visitAnnotation(type.equals(OURS) ? JDKS : type, visible);
            }
        };
    }
}
