package io.corral.agent.pack;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.TypePath;

/**
 * Takes from a class file what nobody asks for when it runs, and what a JVM reads at each start all the same: constants that the
 * compiler has put where they are used, generic signatures, names of parameters, and annotations but the JVM's own.
 */
final class Slim extends ClassVisitor {

    /** The package that applications see. */
    private static final Pattern API = Pattern.compile("io/corral/[^/]+");

    /** Of annotations that the JVM heeds. */
    private static final String JVM = "Ljdk/";

    private Slim(ClassWriter writer) {
        super(Opcodes.ASM9, writer);
    }

    static byte[] unlessApi(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        if (API.matcher(reader.getClassName()).matches()) {
            return classFile;
        }
        ClassWriter writer = new ClassWriter(0);
        reader.accept(new Slim(writer), 0);
        return writer.toByteArray();
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        super.visit(version, access, name, null, superName, interfaces);
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access,
            String name,
            String descriptor,
            @Nullable String signature,
            @Nullable Object value) {
        if ((access & Opcodes.ACC_STATIC) != 0 && value != null) {
            return null;
        }
        return new FieldVisitor(
                Opcodes.ASM9, super.visitField(access, name, descriptor, null, value)) {
            @Override
            public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                return isJvms(annotation) ? super.visitAnnotation(annotation, visible) : null;
            }

            @Override
            public @Nullable AnnotationVisitor visitTypeAnnotation(
                    int reference, TypePath path, String annotation, boolean visible) {
                return null;
            }
        };
    }

    @Override
    public MethodVisitor visitMethod(
            int access,
            String name,
            String descriptor,
            @Nullable String signature,
            String @Nullable [] exceptions) {
        return new MethodVisitor(
                Opcodes.ASM9, super.visitMethod(access, name, descriptor, null, exceptions)) {
            @Override
            public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                return isJvms(annotation) ? super.visitAnnotation(annotation, visible) : null;
            }

            @Override
            public @Nullable AnnotationVisitor visitTypeAnnotation(
                    int reference, TypePath path, String annotation, boolean visible) {
                return null;
            }

            @Override
            public @Nullable AnnotationVisitor visitInsnAnnotation(
                    int reference, TypePath path, String annotation, boolean visible) {
                return null;
            }

            @Override
            public @Nullable AnnotationVisitor visitTryCatchAnnotation(
                    int reference, TypePath path, String annotation, boolean visible) {
                return null;
            }

            @Override
            public @Nullable AnnotationVisitor visitLocalVariableAnnotation(
                    int reference,
                    TypePath path,
                    Label[] start,
                    Label[] end,
                    int[] index,
                    String annotation,
                    boolean visible) {
                return null;
            }

            @Override
            public void visitParameter(@Nullable String name, int access) {}
        };
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
        return isJvms(annotation) ? super.visitAnnotation(annotation, visible) : null;
    }

    @Override
    public @Nullable AnnotationVisitor visitTypeAnnotation(
            int reference, TypePath path, String annotation, boolean visible) {
        return null;
    }

    private static boolean isJvms(String annotation) {
        return annotation.startsWith(JVM);
    }
}
