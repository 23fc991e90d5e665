package io.corral.weaver.threads;

import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_NATIVE;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;

import io.corral.weaver.common.GuardedMethodVisitor;
import io.corral.weaver.threads.WeavePoint.Target;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes the hooks of {@code VirtualThread}. Depends on the shape of the class, not on the JDK's
 * version.
 */
final class VirtualThreadClassVisitor extends ClassVisitor {

    private static final String VIRTUAL_THREAD = Target.VIRTUAL_THREAD.internalName();
    private static final String SCOPES = "jdk/internal/vm/StackableScope";

    private final boolean withSubmissions;
    private final Set<WeavePoint> found;

    /** How many of the two fields of a timeout the class has; both from JDK 24 on. */
    private int timeoutFields;

    /**
     * @param withSubmissions whether the hook of submissions is written
     * @param found gets the points that the class has
     */
    VirtualThreadClassVisitor(ClassVisitor to, boolean withSubmissions, Set<WeavePoint> found) {
        super(ASM9, to);
        this.withSubmissions = withSubmissions;
        this.found = found;
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, String signature, Object value) {
        timeoutFields += SubmissionHookVisitor.isTimeoutField(name) ? 1 : 0;
        return super.visitField(access, name, descriptor, signature, value);
    }

    /** A method whose visitor is returned unchanged is copied by the library as a whole. */
    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
        if ((access & (ACC_STATIC | ACC_ABSTRACT | ACC_NATIVE)) != 0) {
            return to;
        }
        if (name.equals("<init>")) {
            return memberHook(to);
        }
        if (SubmissionHookVisitor.submits(name)) {
            MethodVisitor ready =
                    descriptor.endsWith(")V") ? new ReadyHookVisitor(to, descriptor, found) : to;
            return withSubmissions
                    ? new SubmissionHookVisitor(ready, found, timeoutFields == 2)
                    : ready;
        }
        GuardedMethodVisitor calls =
                new GuardedMethodVisitor(VIRTUAL_THREAD, access, name, descriptor, to);
        return switch (name + descriptor) {
            case "start(Ljdk/internal/vm/ThreadContainer;)V" -> new ForkHookVisitor(calls);
            case "runContinuation()V" -> mountHooks(calls);
            case "run(Ljava/lang/Runnable;)V" -> exitHook(calls);
            case "afterDone(Z)V" -> ThreadHook.VIRTUAL_DONE.atEntry(calls, found);
            default -> to;
        };
    }

    /** The second hook comes before another carrier can run the thread. */
    private MethodVisitor mountHooks(GuardedMethodVisitor calls) {
        MethodVisitor mounts = ThreadHook.VIRTUAL_MOUNT.atCalls(
                calls, calls, VIRTUAL_THREAD, "mount", false, found);
        return ThreadHook.VIRTUAL_DISMOUNT.atCalls(
                calls, mounts, VIRTUAL_THREAD, "unmount", true, found);
    }

    /**
     * The hook is not where the method returns: on JDK 21 {@code notifyJvmtiEnd} comes before that,
     * and a thread that parks after it hangs the JVM.
     */
    private MethodVisitor exitHook(GuardedMethodVisitor calls) {
        return ThreadHook.VIRTUAL_EXIT.atCalls(calls, calls, SCOPES, "popAll", true, found);
    }

    /** Replaces the object that is stored in {@code runContinuation} by a member that runs it. */
    private MethodVisitor memberHook(MethodVisitor to) {
        return new MethodVisitor(ASM9, to) {
            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                if (opcode == PUTFIELD
                        && owner.equals(VIRTUAL_THREAD)
                        && name.equals("runContinuation")) {
                    ThreadHook.VIRTUAL_MEMBER.write(mv, found);
                }
                super.visitFieldInsn(opcode, owner, name, descriptor);
            }
        };
    }

    /**
     * Writes a hook before the submission, without a guard, since it may refuse; and one where the
     * start has succeeded.
     */
    private final class ForkHookVisitor extends MethodVisitor {

        private final GuardedMethodVisitor calls;
        private boolean isSubmitted;

        ForkHookVisitor(GuardedMethodVisitor calls) {
            super(ASM9, calls);
            this.calls = calls;
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean itf) {
            if (!isSubmitted
                    && owner.equals(VIRTUAL_THREAD)
                    && SubmissionHookVisitor.submits(name)) {
                isSubmitted = true;
                ThreadHook.VIRTUAL_FORK.write(calls, found);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, itf);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == RETURN && isSubmitted) {
                ThreadHook.VIRTUAL_STARTED.writeGuarded(calls, false, found);
            }
            super.visitInsn(opcode);
        }
    }
}
