package io.corral.runtime.hook;

import io.corral.runtime.accounting.OwnCost;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import io.corral.runtime.thread.DirectStarts;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.VirtualMember;
import io.corral.runtime.thread.VirtualMembers;

import org.jspecify.annotations.Nullable;

/** The hooks of a thread's start. They run on the starter. */
public final class ForkHook {

    private ForkHook() {}

    /**
     * Called in {@code Thread.start} in the place of {@code start0()}, after the check that the
     * thread is new.
     *
     * @throws io.corral.ForkRefusedException if a subsystem refused; the thread stays new
     * @throws StackOverflowError at the bottom of the starter's stack; nothing is counted
     */
    public static void platform(Thread child) {
        if (!Hooks.on) {
            start0(child);
            return;
        }
        ContainerNode target = DirectStarts.take(child);
        long began = OwnCost.begin(Jdk.id(child));
        PlatformMember member = Fork.platform(child, target);
        try {
            OwnCost.end(began);
            start0(child);
        } catch (Throwable failure) {
            if (member != null) {
                ExitHook.failedToStart(member, child);
            }
            throw failure;
        }
    }

    private static void start0(Thread child) {
        ThreadAccess threads = Jdk.THREADS;
        if (threads == null) {
            throw new IllegalStateException("woven without access to Thread.start0");
        }
        threads.start0(child);
    }

    /**
     * Called in {@code VirtualThread.start} before the first run is submitted, inside the JDK's own
     * {@code try}: an exception from here ends the thread as a scheduler's rejection does.
     *
     * @throws io.corral.ForkRefusedException if a subsystem refused
     */
    public static void virtual(Thread child, @Nullable Runnable runContinuation) {
        if (!Hooks.on) {
            return;
        }
        VirtualMember member = VirtualMembers.installed(child, runContinuation);
        if (member == null) {
            return;
        }
        long began = OwnCost.begin(Jdk.id(child));
        VirtualSelfCheck.forked(child, member);
        Fork.virtual(child, member, DirectStarts.take(child));
        OwnCost.end(began);
    }

    /** Called at the end of {@code VirtualThread.start}: the start has succeeded. */
    public static void virtualStarted(Thread child, @Nullable Runnable runContinuation) {
        if (Hooks.on && runContinuation instanceof VirtualMember member) {
            VirtualSelfCheck.started(member);
        }
    }
}
