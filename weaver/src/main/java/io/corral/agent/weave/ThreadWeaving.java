package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ASM9;

import io.corral.agent.weave.WeavePoint.Target;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Weaves one class file. Depends on the shape of the class, not on the JDK's version. */
final class ThreadWeaving extends ClassVisitor {

    private static final String THREAD = Target.THREAD.internalName();
    private static final String VIRTUAL_THREAD = Target.VIRTUAL_THREAD.internalName();
    private static final String SCOPES = "jdk/internal/vm/StackableScope";

    private final Target target;
    private final Set<WeavePoint> found;
    private final boolean withSubmissions;

    /** Whether {@code Thread.exit()} pops scopes, as from 21 on. The exit hook comes after that. */
    private boolean exitAsksContainer;

    /** How many of the two fields of a timeout {@code VirtualThread} has; both from 24 on. */
    private int timeoutFields;

    private ThreadWeaving(
            ClassWriter writer, Target target, boolean withSubmissions, Set<WeavePoint> found) {
        super(ASM9, writer);
        this.target = target;
        this.withSubmissions = withSubmissions;
        this.found = found;
    }

    /** Weaves {@code classFile}, and adds the points that it has to {@code found}. */
    static byte[] weave(
            byte[] classFile, Target target, boolean withSubmissions, Set<WeavePoint> found) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ThreadWeaving(writer, target, withSubmissions, found),
                ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, String signature, Object value) {
        exitAsksContainer |= name.equals("container");
        timeoutFields += BeforeSubmission.isOfTimeout(name) ? 1 : 0;
        return super.visitField(access, name, descriptor, signature, value);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
        if ((access & (Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
            return to;
        }
        return target == Target.THREAD
                ? ofThread(access, name, descriptor, to)
                : ofVirtualThread(access, name, descriptor, to);
    }

    /** A method whose visitor is returned unchanged is copied by the library as a whole. */
    private MethodVisitor ofThread(int access, String name, String descriptor, MethodVisitor to) {
        if (name.equals("start")) {
            return new PlatformFork(to);
        }
        if (name.equals("exit") && descriptor.equals("()V")) {
            GuardedCalls calls = guarded(access, name, descriptor, to);
            return exitAsksContainer
                    ? new AtCall(
                            calls, calls, THREAD, "threadContainer", false, HookCall.PLATFORM_EXIT)
                    : new AtEntry(calls, HookCall.PLATFORM_EXIT);
        }
        return name.equals("<init>")
                ? new OwnConstructor(guarded(access, name, descriptor, to))
                : to;
    }

    private MethodVisitor ofVirtualThread(
            int access, String name, String descriptor, MethodVisitor to) {
        if (name.equals("<init>")) {
            return new VirtualMember(to);
        }
        if (name.equals("start") && descriptor.equals("(Ljdk/internal/vm/ThreadContainer;)V")) {
            return new VirtualFork(guarded(access, name, descriptor, to));
        }
        if (withSubmissions && BeforeSubmission.isIn(name)) {
            return new BeforeSubmission(to, found, timeoutFields == 2);
        }
        if (name.equals("runContinuation") && descriptor.equals("()V")) {
            GuardedCalls calls = guarded(access, name, descriptor, to);
            // The second hook comes before another carrier can run the thread.
            MethodVisitor mounts = new AtCall(
                    calls, calls, VIRTUAL_THREAD, "mount", false, HookCall.VIRTUAL_MOUNT);
            return new AtCall(
                    calls, mounts, VIRTUAL_THREAD, "unmount", true, HookCall.VIRTUAL_DISMOUNT);
        }
        if (name.equals("run") && descriptor.equals("(Ljava/lang/Runnable;)V")) {
            // The hook is not where the method returns: on JDK 21 notifyJvmtiEnd comes before that,
            // and a thread that parks after it hangs the JVM.
            GuardedCalls calls = guarded(access, name, descriptor, to);
            return new AtCall(calls, calls, SCOPES, "popAll", true, HookCall.VIRTUAL_EXIT);
        }
        return name.equals("afterDone") && descriptor.equals("(Z)V")
                ? new AtEntry(guarded(access, name, descriptor, to), HookCall.VIRTUAL_DONE)
                : to;
    }

    private GuardedCalls guarded(int access, String name, String descriptor, MethodVisitor to) {
        return new GuardedCalls(target.internalName(), access, name, descriptor, to);
    }

    private void write(HookCall call, MethodVisitor to) {
        found.add(call.point());
        call.write(to);
    }

    private void writeGuarded(HookCall call, GuardedCalls to, boolean thisOnStack) {
        found.add(call.point());
        to.beginGuard(thisOnStack);
        call.write(to);
        to.endGuard();
    }

    /** The hook replaces the call, since it must know whether the start has failed. */
    private final class PlatformFork extends MethodVisitor {

        PlatformFork(MethodVisitor to) {
            super(ASM9, to);
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean itf) {
            if (owner.equals(THREAD) && name.equals("start0") && descriptor.equals("()V")) {
                write(HookCall.PLATFORM_FORK, mv);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, itf);
            }
        }
    }

    /** A constructor that calls that of Object: exactly one of these runs for each thread. */
    private final class OwnConstructor extends MethodVisitor {

        private final GuardedCalls calls;
        private boolean own;

        OwnConstructor(GuardedCalls calls) {
            super(ASM9, calls);
            this.calls = calls;
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean itf) {
            super.visitMethodInsn(opcode, owner, name, descriptor, itf);
            own |= owner.equals("java/lang/Object") && name.equals("<init>");
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN && own) {
                writeGuarded(HookCall.CONSTRUCTED, calls, false);
            }
            super.visitInsn(opcode);
        }
    }

    /** Replaces the object that is stored in {@code runContinuation} by a member that runs it. */
    private final class VirtualMember extends MethodVisitor {

        VirtualMember(MethodVisitor to) {
            super(ASM9, to);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (opcode == Opcodes.PUTFIELD
                    && owner.equals(VIRTUAL_THREAD)
                    && name.equals("runContinuation")) {
                write(HookCall.VIRTUAL_MEMBER, mv);
            }
            super.visitFieldInsn(opcode, owner, name, descriptor);
        }
    }

    /**
     * Writes a hook before the submission, without a guard, since it may refuse; and one where the
     * start has succeeded.
     */
    private final class VirtualFork extends MethodVisitor {

        private final GuardedCalls calls;
        private boolean submitted;

        VirtualFork(GuardedCalls calls) {
            super(ASM9, calls);
            this.calls = calls;
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean itf) {
            if (!submitted && owner.equals(VIRTUAL_THREAD) && BeforeSubmission.isIn(name)) {
                submitted = true;
                write(HookCall.VIRTUAL_FORK, calls);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, itf);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN && submitted) {
                writeGuarded(HookCall.VIRTUAL_STARTED, calls, false);
            }
            super.visitInsn(opcode);
        }
    }

    /** A guarded call before, or after, each call of a method without arguments. */
    private final class AtCall extends MethodVisitor {

        private final GuardedCalls calls;
        private final String owner;
        private final String method;
        private final boolean isAfter;
        private final HookCall call;

        AtCall(
                GuardedCalls calls,
                MethodVisitor to,
                String owner,
                String method,
                boolean isAfter,
                HookCall call) {
            super(ASM9, to);
            this.calls = calls;
            this.owner = owner;
            this.method = method;
            this.isAfter = isAfter;
            this.call = call;
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean itf) {
            boolean isIt =
                    owner.equals(this.owner) && name.equals(method) && descriptor.startsWith("()");
            if (isIt && !isAfter) {
                writeGuarded(call, calls, true);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, itf);
            if (isIt && isAfter) {
                writeGuarded(call, calls, false);
            }
        }
    }

    /** A guarded call at a method's entry. */
    private final class AtEntry extends MethodVisitor {

        private final GuardedCalls calls;
        private final HookCall call;

        AtEntry(GuardedCalls calls, HookCall call) {
            super(ASM9, calls);
            this.calls = calls;
            this.call = call;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            writeGuarded(call, calls, false);
        }
    }
}
