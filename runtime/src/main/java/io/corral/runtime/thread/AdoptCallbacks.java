package io.corral.runtime.thread;

import io.corral.runtime.jdk.CarrierPin;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Notifier;
import io.corral.runtime.subsystem.ForkCallbacks;
import io.corral.runtime.subsystem.MoveCallbacks;
import io.corral.runtime.subsystem.Subsystems;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells subsystems of threads that they do not know: those that were members when a subsystem was
 * registered, and those that are first seen after their start.
 */
public final class AdoptCallbacks {

    private AdoptCallbacks() {}

    /**
     * Called after a registration, on the registering thread, for all platform threads that are
     * members. The starter of a thread that starts meanwhile does so for that thread.
     */
    public static void runForAll() {
        List<PlatformMember> present = new ArrayList<>();
        MemberTable.LIVE.forEach(present::add);
        for (PlatformMember member : present) {
            if (member.generation() < Member.NEVER) {
                run(member, member.thread());
            }
        }
    }

    /**
     * Called after the fork callbacks. A subsystem that was registered after the others were asked
     * may not have found the thread among the members. Either the starter finds the subsystem here,
     * or the registration finds the thread.
     */
    public static void runAfterFork(Member member, Thread thread, Subsystems asked) {
        if (member.isVirtual()) {
            return;
        }
        VarHandle.fullFence();
        if (Subsystems.registered() != asked) {
            try {
                run(member, thread);
            } catch (Throwable failure) {
                HookFailures.FORK.report(failure);
            }
        }
    }

    /**
     * Called after a thread was adopted, on any thread. The background thread runs the callbacks.
     */
    public static void runLater(Member member, Thread thread) {
        Notifier notifier = Notifier.Current.notifier;
        if (notifier != null && !Subsystems.registered().isEmpty()) {
            notifier.later(new Later(member, thread));
        }
    }

    private record Later(Member member, Thread thread) implements Runnable {
        @Override
        public void run() {
            try {
                AdoptCallbacks.run(member, thread);
            } catch (Throwable failure) {
                HookFailures.ADOPT.report(failure);
            }
        }
    }

    /** If the thread is a member, tells the subsystems that do not know it yet. */
    private static void run(Member member, Thread thread) {
        CallbackQueue queue = CallbackQueues.use(member, thread);
        try {
            if (add(queue)) {
                queue.run();
            }
        } finally {
            CallbackQueues.release(queue);
        }
    }

    /** @return false if the thread is not a member */
    private static boolean add(CallbackQueue queue) {
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (CallbackQueue.ATTACHES) {
                Membership home = queue.member().home();
                if (home != null) {
                    queue.add(new Adopted(home));
                }
                return home != null;
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
    }

    private static final class Adopted extends CallbackQueue.Event {

        private final Membership home;

        /** @param home under the lock of attaches */
        Adopted(Membership home) {
            this.home = home;
        }

        @Override
        void run(CallbackQueue queue) {
            Member member = queue.member();
            Subsystems all = Subsystems.registered();
            char before = member.generation();
            if (before >= all.generation()) {
                return;
            }
            member.generation(all.generation());
            ForkCallbacks.adopt(all, before, queue.thread(), home);
            if (MoveCallbacks.switched(all, before, queue.thread(), home, queue.place())) {
                queue.retain();
            }
        }
    }
}
