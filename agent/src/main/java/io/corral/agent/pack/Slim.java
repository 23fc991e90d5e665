package io.corral.agent.pack;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;

/**
 * Takes from a class file what nobody asks for when it runs, and what a JVM reads at each start all the same: constants that the
 * compiler has put where they are used, generic signatures, names of parameters, and annotations but the JDK's own.
 */
final class Slim {

    /** The package that applications see, and may ask for what it has. */
    private static final Pattern API = Pattern.compile("io/corral/[^/]+");

    /** Of annotations that the JVM heeds, or JFR. */
    private static final String JDK = "Ljdk/";

    /** Serialization asks for it by name. */
    private static final String ASKED_FOR = "serialVersionUID";

    private Slim() {}

    static byte[] unlessApi(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        return isApi(reader.getClassName()) ? classFile : of(reader);
    }

    static boolean isApi(String internalName) {
        return API.matcher(internalName).matches();
    }

    private static byte[] of(ClassReader reader) {
        ClassNode type = new ClassNode();
        reader.accept(type, 0);
        type.signature = null;
        type.visibleAnnotations = jdks(type.visibleAnnotations);
        type.visibleTypeAnnotations = null;
        type.fields.removeIf(Slim::isConstant);
        type.fields.forEach(Slim::take);
        type.methods.forEach(Slim::take);
        if (type.recordComponents != null) {
            type.recordComponents.forEach(Slim::take);
        }
        ClassWriter writer = new ClassWriter(0);
        type.accept(writer);
        return writer.toByteArray();
    }

    private static boolean isConstant(FieldNode field) {
        return (field.access & Opcodes.ACC_STATIC) != 0
                && field.value != null
                && !field.name.equals(ASKED_FOR);
    }

    private static void take(FieldNode from) {
        from.signature = null;
        from.visibleAnnotations = jdks(from.visibleAnnotations);
        from.visibleTypeAnnotations = null;
    }

    private static void take(RecordComponentNode from) {
        from.signature = null;
        from.visibleAnnotations = jdks(from.visibleAnnotations);
        from.visibleTypeAnnotations = null;
    }

    /** Local variables, which could have signatures too, are not compiled in. */
    private static void take(MethodNode from) {
        from.signature = null;
        from.parameters = null;
        from.visibleAnnotations = jdks(from.visibleAnnotations);
        from.visibleTypeAnnotations = null;
        from.visibleParameterAnnotations = null;
        from.instructions.forEach(instruction -> instruction.visibleTypeAnnotations = null);
        from.tryCatchBlocks.forEach(block -> block.visibleTypeAnnotations = null);
    }

    private static @Nullable List<AnnotationNode> jdks(@Nullable List<AnnotationNode> all) {
        return all == null
                ? null
                : all.stream()
                        .filter(annotation -> annotation.desc.startsWith(JDK))
                        .toList();
    }
}
