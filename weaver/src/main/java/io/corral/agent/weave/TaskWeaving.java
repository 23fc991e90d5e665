package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ASM9;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * Weaves the classes by which tasks are handed over as they are loaded, since later a class can get
 * no field. A class that is not as expected stays as it is, and its tasks are charged to the pool
 * that runs them.
 */
final class TaskWeaving extends ClassVisitor {

    private final TaskClass target;

    /** The names of the methods that have the expected shape. */
    private final List<String> found = new ArrayList<>();

    private TaskWeaving(ClassWriter writer, TaskClass target) {
        super(ASM9, writer);
        this.target = target;
    }

    /**
     * @param isWoven whether the class was woven before: then it has to keep its added members
     * @return null if the class is not as expected, and was not woven before
     */
    static byte @Nullable [] weave(TaskClass target, byte[] classFile, boolean isWoven) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        TaskWeaving weaving = new TaskWeaving(writer, target);
        reader.accept(weaving, ClassReader.EXPAND_FRAMES);
        return isWoven || weaving.found.containsAll(target.needed()) ? writer.toByteArray() : null;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            String superName,
            String[] interfaces) {
        String added = target.added();
        String[] all = interfaces;
        if (added != null) {
            all = Arrays.copyOf(interfaces, interfaces.length + 1);
            all[interfaces.length] = added;
        }
        // A generic signature must name all interfaces.
        super.visit(
                version,
                access,
                name,
                signature == null || added == null ? signature : signature + "L" + added + ";",
                superName,
                all);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
        return target.weave(
                new TaskMethod(target.internalName(), access, name, descriptor, to, found));
    }

    @Override
    public void visitEnd() {
        String added = target.added();
        if (added != null) {
            AddedMembers.write(cv, target.internalName(), added);
        }
        super.visitEnd();
    }
}
