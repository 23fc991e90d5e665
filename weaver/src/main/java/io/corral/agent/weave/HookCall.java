package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import io.corral.agent.weave.WeavePoint.Target;
import org.objectweb.asm.MethodVisitor;

/**
 * The calls of hooks, each with its arguments. Lambdas are not used here, since they cost 20 ms at
 * the JVM's start.
 */
enum HookCall {
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

    private static final String HOOKS = "io/corral/runtime/hook/";

    private final WeavePoint point;
    private final String hook;
    private final String method;
    private final String descriptor;
    private final boolean takesThis;
    private final boolean takesContinuation;

    /** A hook that takes what is on the stack. */
    HookCall(WeavePoint point, String hook, String method, String descriptor) {
        this(point, hook, method, descriptor, false, false);
    }

    /** A hook that takes the thread, its field {@code runContinuation}, or both. */
    HookCall(
            WeavePoint point,
            String hook,
            String method,
            boolean takesThis,
            boolean takesContinuation) {
        this(
                point,
                hook,
                method,
                "(" + (takesThis ? "Ljava/lang/Thread;" : "")
                        + (takesContinuation ? "Ljava/lang/Runnable;" : "") + ")V",
                takesThis,
                takesContinuation);
    }

    HookCall(
            WeavePoint point,
            String hook,
            String method,
            String descriptor,
            boolean takesThis,
            boolean takesContinuation) {
        this.point = point;
        this.hook = hook;
        this.method = method;
        this.descriptor = descriptor;
        this.takesThis = takesThis;
        this.takesContinuation = takesContinuation;
    }

    WeavePoint point() {
        return point;
    }

    void write(MethodVisitor to) {
        if (takesThis) {
            to.visitVarInsn(ALOAD, 0);
        }
        if (takesContinuation) {
            to.visitVarInsn(ALOAD, 0);
            to.visitFieldInsn(
                    GETFIELD,
                    Target.VIRTUAL_THREAD.internalName(),
                    "runContinuation",
                    "Ljava/lang/Runnable;");
        }
        to.visitMethodInsn(INVOKESTATIC, HOOKS + hook, method, descriptor, false);
    }
}
