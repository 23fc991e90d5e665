package io.corral.weaver.copies;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.F_NEW;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.INTEGER;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.POP;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Makes a method of {@code ClassLoader} return the boot loader's class for Corral's names. It does
 * so in those variants of the method that all others delegate to.
 */
final class ClassLoaderVisitor extends ClassVisitor {

    static final String CLASS_LOADER = "java/lang/ClassLoader";

    private static final String NAME = "java/lang/String";
    private static final String DOMAIN = "java/security/ProtectionDomain";
    private static final String BUFFER = "java/nio/ByteBuffer";

    private final ClassWriter writer;
    private final String method;
    private int variants;

    private ClassLoaderVisitor(ClassWriter writer, String method) {
        super(ASM9, writer);
        this.writer = writer;
        this.method = method;
    }

    /** @param method {@code findLoadedClass} or {@code defineClass} */
    static ClassLoaderVisitor visit(byte[] classFile, String method) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        ClassLoaderVisitor visitor = new ClassLoaderVisitor(writer, method);
        reader.accept(visitor, ClassReader.EXPAND_FRAMES);
        return visitor;
    }

    byte[] woven() {
        return writer.toByteArray();
    }

    /** The number of variants that were found, and have the hook. */
    int variants() {
        return variants;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
        Object[] locals = name.equals(method) ? locals(descriptor) : null;
        if (locals == null) {
            return to;
        }
        variants++;
        return new CopyHookVisitor(to, locals);
    }

    /**
     * The local variables at the entry of a method whose first parameter is a class name; else
     * null.
     */
    private static Object @Nullable [] locals(String descriptor) {
        return switch (descriptor) {
            case "(Ljava/lang/String;)Ljava/lang/Class;" -> new Object[] {CLASS_LOADER, NAME};
            case "(Ljava/lang/String;[BIILjava/security/ProtectionDomain;)Ljava/lang/Class;" ->
                new Object[] {CLASS_LOADER, NAME, "[B", INTEGER, INTEGER, DOMAIN};
            case "(Ljava/lang/String;Ljava/nio/ByteBuffer;Ljava/security/ProtectionDomain;)"
                    + "Ljava/lang/Class;" -> new Object[] {CLASS_LOADER, NAME, BUFFER, DOMAIN};
            default -> null;
        };
    }

    /** {@code Class ours = CopyHook.answer(this, name); if (ours != null) return ours;} */
    private static final class CopyHookVisitor extends MethodVisitor {

        private final Object[] locals;

        CopyHookVisitor(MethodVisitor to, Object[] locals) {
            super(ASM9, to);
            this.locals = locals;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            Label notOurs = new Label();
            visitVarInsn(ALOAD, 0);
            visitVarInsn(ALOAD, 1);
            visitMethodInsn(
                    INVOKESTATIC,
                    "io/corral/runtime/hook/CopyHook",
                    "answer",
                    "(Ljava/lang/ClassLoader;Ljava/lang/String;)Ljava/lang/Class;",
                    false);
            visitInsn(DUP);
            visitJumpInsn(IFNULL, notOurs);
            visitInsn(ARETURN);
            visitLabel(notOurs);
            visitFrame(F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Class"});
            visitInsn(POP);
        }
    }
}
