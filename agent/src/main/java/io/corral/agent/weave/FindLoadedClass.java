package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.F_NEW;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.POP;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Has {@code ClassLoader.findLoadedClass} answer with the boot loader's class for names of ours. */
public final class FindLoadedClass implements ClassFileTransformer {

    private static final String CLASS_LOADER = "java/lang/ClassLoader";

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        if (loader != null || !CLASS_LOADER.equals(className)) {
            return null;
        }
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new OfClassLoader(writer), ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    private static final class OfClassLoader extends ClassVisitor {

        OfClassLoader(ClassWriter writer) {
            super(ASM9, writer);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
            return name.equals("findLoadedClass")
                            && descriptor.equals("(Ljava/lang/String;)Ljava/lang/Class;")
                    ? new AtEntry(to)
                    : to;
        }
    }

    /** {@code Class ours = CopyHook.findLoadedClass(name); if (ours != null) return ours;} */
    private static final class AtEntry extends MethodVisitor {

        AtEntry(MethodVisitor to) {
            super(ASM9, to);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            Label notOurs = new Label();
            visitVarInsn(ALOAD, 1);
            visitMethodInsn(
                    INVOKESTATIC,
                    "io/corral/runtime/hook/CopyHook",
                    "findLoadedClass",
                    "(Ljava/lang/String;)Ljava/lang/Class;",
                    false);
            visitInsn(DUP);
            visitJumpInsn(IFNULL, notOurs);
            visitInsn(ARETURN);
            visitLabel(notOurs);
            visitFrame(F_NEW, 2, new Object[] {CLASS_LOADER, "java/lang/String"}, 1, new Object[] {
                "java/lang/Class"
            });
            visitInsn(POP);
        }
    }
}
