package io.corral.agent.pack;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.TypePath;

/**
 * Takes from a class file what nobody asks for when it runs, and what a JVM reads at each start all the same: constants that the
 * compiler has put where they are used, generic signatures, names of parameters, and annotations but the JDK's own.
 */
final class Slim extends ClassVisitor {

    /** The package that applications see, and may ask for what it has. */
    private static final Pattern API = Pattern.compile("io/corral/[^/]+");

    /** Of annotations that the JVM heeds, or JFR. */
    private static final String JDK = "Ljdk/";

    /** Serialization asks for it by name. */
    private static final String ASKED_FOR = "serialVersionUID";

    private Slim(ClassWriter writer) {
        super(Opcodes.ASM9, writer);
    }

    static byte[] unlessApi(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        return isApi(reader.getClassName()) ? classFile : of(reader);
    }

    static boolean isApi(String internalName) {
        return API.matcher(internalName).matches();
    }

    private static byte[] of(ClassReader reader) {
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
        boolean isConstant = (access & Opcodes.ACC_STATIC) != 0 && value != null;
        return isConstant && !name.equals(ASKED_FOR)
                ? null
                : new Field(super.visitField(access, name, descriptor, null, value));
    }

    @Override
    public MethodVisitor visitMethod(
            int access,
            String name,
            String descriptor,
            @Nullable String signature,
            String @Nullable [] exceptions) {
        return new Method(super.visitMethod(access, name, descriptor, null, exceptions));
    }

    @Override
    public RecordComponentVisitor visitRecordComponent(
            String name, String descriptor, @Nullable String signature) {
        return new Component(super.visitRecordComponent(name, descriptor, null));
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
        return isJdks(annotation) ? super.visitAnnotation(annotation, visible) : null;
    }

    @Override
    public @Nullable AnnotationVisitor visitTypeAnnotation(
            int reference, @Nullable TypePath path, String annotation, boolean visible) {
        return null;
    }

    private static boolean isJdks(String annotation) {
        return annotation.startsWith(JDK);
    }

    private static final class Field extends FieldVisitor {

        Field(FieldVisitor to) {
            super(Opcodes.ASM9, to);
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
            return isJdks(annotation) ? super.visitAnnotation(annotation, visible) : null;
        }

        @Override
        public @Nullable AnnotationVisitor visitTypeAnnotation(
                int reference, @Nullable TypePath path, String annotation, boolean visible) {
            return null;
        }
    }

    private static final class Component extends RecordComponentVisitor {

        Component(RecordComponentVisitor to) {
            super(Opcodes.ASM9, to);
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
            return isJdks(annotation) ? super.visitAnnotation(annotation, visible) : null;
        }

        @Override
        public @Nullable AnnotationVisitor visitTypeAnnotation(
                int reference, @Nullable TypePath path, String annotation, boolean visible) {
            return null;
        }
    }

    /** Local variables, whose annotations and signatures there could be, are not compiled in. */
    private static final class Method extends MethodVisitor {

        Method(MethodVisitor to) {
            super(Opcodes.ASM9, to);
        }

        @Override
        public void visitParameter(@Nullable String name, int access) {}

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
            return isJdks(annotation) ? super.visitAnnotation(annotation, visible) : null;
        }

        @Override
        public @Nullable AnnotationVisitor visitTypeAnnotation(
                int reference, @Nullable TypePath path, String annotation, boolean visible) {
            return null;
        }

        @Override
        public @Nullable AnnotationVisitor visitParameterAnnotation(
                int parameter, String annotation, boolean visible) {
            return null;
        }

        @Override
        public @Nullable AnnotationVisitor visitInsnAnnotation(
                int reference, @Nullable TypePath path, String annotation, boolean visible) {
            return null;
        }

        @Override
        public @Nullable AnnotationVisitor visitTryCatchAnnotation(
                int reference, @Nullable TypePath path, String annotation, boolean visible) {
            return null;
        }
    }
}
