package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ASM9;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;

/**
 * Weaves the classes by which tasks are handed over, as they are loaded: only then may a class get a field. Each stands for
 * itself: one that is not as expected stays as it is, and its tasks are charged to the pool.
 */
final class TaskWeaving extends ClassVisitor {

    private final TaskClass target;

    /** Names of the methods that are as expected. */
    private final List<String> found = new ArrayList<>();

    private TaskWeaving(ClassWriter writer, TaskClass target) {
        super(ASM9, writer);
        this.target = target;
    }

    /**
     * @param isWoven whether the class has been woven, and has the fields that it got
     * @return null if it is not as it is known, and has not been woven
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
        // The signature, which has no need of it, must not contradict.
        super.visit(
                version,
                access,
                name,
                signature == null || added == null ? signature : signature + "L" + added + ";",
                superName,
                all);
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, String signature, Object value) {
        return target == TaskClass.FORK_JOIN_RUNNABLE && KeptRunnable.isField(name)
                ? null
                : super.visitField(access, name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        if (target == TaskClass.FORK_JOIN_TASK && name.equals("doExec")) {
            found.add(name);
            new DoExec(target.internalName(), name, descriptor).write(cv, access);
            return super.visitMethod(
                    access, DoExec.originalOf(name), descriptor, signature, exceptions);
        }
        if (target == TaskClass.POOL_QUEUE
                && name.equals(Dequeue.NAME)
                && descriptor.equals(Dequeue.DESCRIPTOR)) {
            found.add(name);
            Dequeue.write(cv, access);
            return super.visitMethod(access, Dequeue.ORIGINAL, descriptor, signature, exceptions);
        }
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
