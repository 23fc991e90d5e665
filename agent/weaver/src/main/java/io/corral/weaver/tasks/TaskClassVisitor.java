package io.corral.weaver.tasks;

import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.ACC_TRANSIENT;
import static org.objectweb.asm.Opcodes.ASM9;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;

/**
 * Weaves a class by which tasks are handed over. A class that is loaded after the agent may get a
 * field for the submitter of a task. What is added names types of the JDK only, since class pools
 * of other agents resolve a class's supertypes, fields and methods.
 */
final class TaskClassVisitor extends ClassVisitor {

    private final TaskClass target;
    private final boolean isLoadedWithoutHooks;

    /** Whether the class is to have the field and lacks it: another agent may have copied it. */
    private boolean lacksField;

    /** The names of the methods that have the expected shape. */
    private final List<String> found = new ArrayList<>();

    private TaskClassVisitor(ClassWriter writer, TaskClass target, boolean isLoadedWithoutHooks) {
        super(ASM9, writer);
        this.target = target;
        this.isLoadedWithoutHooks = isLoadedWithoutHooks;
        this.lacksField = target.hasField() && !isLoadedWithoutHooks;
    }

    /**
     * @param isLoadedWithoutHooks whether the class was loaded without the hooks: then it gets no
     *     field, and its methods may be running
     * @param isWoven whether the class is to be written even if it is not as expected
     * @return null if the class is not as expected and stays as it is
     */
    static byte @Nullable [] weave(
            TaskClass target, byte[] classFile, boolean isLoadedWithoutHooks, boolean isWoven) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        TaskClassVisitor weaving = new TaskClassVisitor(writer, target, isLoadedWithoutHooks);
        reader.accept(weaving, ClassReader.EXPAND_FRAMES);
        return isWoven || weaving.missing() == null ? writer.toByteArray() : null;
    }

    /** A method without which {@link #weave} leaves the class as it is, for messages. */
    static @Nullable String missing(TaskClass target, byte[] classFile) {
        TaskClassVisitor weaving = new TaskClassVisitor(new ClassWriter(0), target, false);
        new ClassReader(classFile).accept(weaving, ClassReader.EXPAND_FRAMES);
        return weaving.missing();
    }

    /** As {@code ThreadPoolExecutor.execute()}; null if no method is missing. */
    private @Nullable String missing() {
        for (String method : target.needed()) {
            if (!found.contains(method)) {
                return method.equals("<init>")
                        ? "the constructor of " + target.simpleName()
                        : target.simpleName() + "." + method + "()";
            }
        }
        return null;
    }

    @Override
    public FieldVisitor visitField(
            int access, String name, String descriptor, String signature, Object value) {
        lacksField &= !name.equals(TaskNames.SUBMITTER);
        return super.visitField(access, name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
        return target.weave(new TaskMethod(
                target.internalName(), access, name, descriptor, to, found, isLoadedWithoutHooks));
    }

    @Override
    public void visitEnd() {
        if (lacksField) {
            super.visitField(
                            ACC_PUBLIC | ACC_SYNTHETIC | ACC_TRANSIENT,
                            TaskNames.SUBMITTER,
                            TaskNames.OBJECT,
                            null,
                            null)
                    .visitEnd();
        }
        super.visitEnd();
    }
}
