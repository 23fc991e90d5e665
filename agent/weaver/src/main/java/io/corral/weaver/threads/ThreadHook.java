package io.corral.weaver.threads;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.GETFIELD;

import io.corral.weaver.common.GuardedMethodVisitor;
import io.corral.weaver.common.HookInvocation;
import io.corral.weaver.threads.WeavePoint.Target;
import java.util.Set;
import org.objectweb.asm.MethodVisitor;

/**
 * The hooks of threads, each with its point and its arguments. Lambdas are not used here, since
 * they cost 20 ms at the JVM's start.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum ThreadHook {
    /** Replaces {@code start0}, with {@code this} on the stack. */
    PLATFORM_FORK(WeavePoint.PLATFORM_FORK, "ForkHook", "platform", "(Ljava/lang/Thread;)V"),
    PLATFORM_EXIT(WeavePoint.PLATFORM_EXIT, "ExitHook", "platform", true, false),
    CONSTRUCTED(WeavePoint.CONSTRUCTED, "AdoptHook", "constructed", true, false),

    /** Replaces the object on the stack before it is stored. */
    VIRTUAL_MEMBER(
            WeavePoint.VIRTUAL_MEMBER,
            "MountHook",
            "constructed",
            "(Ljava/lang/Runnable;)Ljava/lang/Runnable;"),
    VIRTUAL_FORK(WeavePoint.VIRTUAL_FORK, "ForkHook", "virtual", true, true),
    VIRTUAL_STARTED(WeavePoint.VIRTUAL_FORK, "ForkHook", "virtualStarted", true, true),

    /** Takes the thread and its field {@code runContinuation}, and leaves a boolean. */
    VIRTUAL_READY(
            WeavePoint.VIRTUAL_READY,
            "MountHook",
            "queued",
            "(Ljava/lang/Thread;Ljava/lang/Runnable;)Z"),

    /** Takes the object on the stack, which was duplicated before. */
    VIRTUAL_SUBMISSION(
            WeavePoint.VIRTUAL_SUBMISSION, "MountHook", "submitted", "(Ljava/lang/Runnable;)V"),

    /** As {@link #VIRTUAL_SUBMISSION}, with two fields on the stack above the object. */
    VIRTUAL_TIMED_SUBMISSION(
            WeavePoint.VIRTUAL_SUBMISSION,
            "MountHook",
            "submitted",
            "(Ljava/lang/Runnable;ZLjava/lang/Object;)V"),
    VIRTUAL_MOUNT(WeavePoint.VIRTUAL_MOUNT, "MountHook", "mount", true, true),
    VIRTUAL_DISMOUNT(WeavePoint.VIRTUAL_DISMOUNT, "MountHook", "dismount", false, true),
    VIRTUAL_EXIT(WeavePoint.VIRTUAL_EXIT, "ExitHook", "virtual", true, true),
    VIRTUAL_DONE(WeavePoint.VIRTUAL_DONE, "ExitHook", "virtualDone", true, true);

    /** The package of the hooks. */
    private static final String HOOKS = "io/corral/runtime/hook/";

    private final WeavePoint point;
    private final HookInvocation call;

    /** A hook that takes what is on the stack. */
    ThreadHook(WeavePoint point, String hook, String method, String descriptor) {
        this.point = point;
        this.call = new HookInvocation(HOOKS + hook, method, descriptor);
    }

    /** A hook that takes the thread, its field {@code runContinuation}, or both. */
    ThreadHook(
            WeavePoint point,
            String hook,
            String method,
            boolean takesThis,
            boolean takesContinuation) {
        this.point = point;
        String thread = takesThis ? "Ljava/lang/Thread;" : "";
        int[] locals = takesThis ? new int[] {0} : new int[0];
        this.call = takesContinuation
                ? withContinuation(hook, method, thread, locals)
                : new HookInvocation(HOOKS + hook, method, "(" + thread + ")V", locals);
    }

    /** Writes the call without a guard, and adds its point to {@code found}. */
    void write(MethodVisitor to, Set<WeavePoint> found) {
        found.add(point);
        call.write(to);
    }

    /** Writes the call with a guard, and adds its point to {@code found}. */
    void writeGuarded(GuardedMethodVisitor to, boolean thisOnStack, Set<WeavePoint> found) {
        found.add(point);
        call.writeGuarded(to, thisOnStack);
    }

    /** A guarded call at the entry of a method, which adds the point to {@code found}. */
    MethodVisitor atEntry(GuardedMethodVisitor calls, Set<WeavePoint> found) {
        found.add(point);
        return call.atEntry(calls);
    }

    /**
     * A guarded call before, or after, each call of a method without arguments.
     *
     * @param to {@code calls}, or a visitor that leads to it
     */
    MethodVisitor atCalls(
            GuardedMethodVisitor calls,
            MethodVisitor to,
            String type,
            String method,
            boolean isAfter,
            Set<WeavePoint> found) {
        return new MethodVisitor(ASM9, to) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String descriptor, boolean itf) {
                boolean isCalled =
                        owner.equals(type) && name.equals(method) && descriptor.startsWith("()");
                if (isCalled && !isAfter) {
                    writeGuarded(calls, true, found);
                }
                super.visitMethodInsn(opcode, owner, name, descriptor, itf);
                if (isCalled && isAfter) {
                    writeGuarded(calls, false, found);
                }
            }
        };
    }

    /** A call with the field {@code runContinuation} as its last argument. */
    private static HookInvocation withContinuation(
            String hook, String method, String thread, int... locals) {
        String takes = "(" + thread + "Ljava/lang/Runnable;)V";
        return new HookInvocation(HOOKS + hook, method, takes, locals) {
            @Override
            protected void loadArguments(MethodVisitor to) {
                super.loadArguments(to);
                to.visitVarInsn(ALOAD, 0);
                to.visitFieldInsn(
                        GETFIELD,
                        Target.VIRTUAL_THREAD.internalName(),
                        "runContinuation",
                        "Ljava/lang/Runnable;");
            }
        };
    }
}
