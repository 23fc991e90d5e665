package io.corral.runtime.thread;

import io.corral.runtime.container.Membership;
import io.corral.runtime.container.StackSafeMaps;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Notifier;
import io.corral.runtime.subsystem.ForkCallbacks;
import io.corral.runtime.subsystem.MoveCallbacks;
import io.corral.runtime.subsystem.Subsystems;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The threads of which subsystems are being told; see {@link Telling}. Also tells of adopted
 * threads: of those that were there when a subsystem was registered, and of those that are first
 * seen after their start.
 */
public final class Tellings {

    private static final ConcurrentHashMap<Member, Telling> TABLE = new ConcurrentHashMap<>();

    private Tellings() {}

    /** A call initializes this class. */
    public static void initialize() {}

    /** Called before a change of {@code thread}'s place. The caller releases what this returns. */
    static Telling use(Member member, Thread thread) {
        while (true) {
            Telling known = StackSafeMaps.get(TABLE, member);
            if (known == null) {
                Telling made = new Telling(member, thread);
                Telling other = StackSafeMaps.putIfAbsent(TABLE, member, made);
                known = other == null ? made : other;
            }
            if (known.use()) {
                return known;
            }
            StackSafeMaps.remove(TABLE, member, known);
        }
    }

    static void release(Telling telling) {
        if (telling.release()) {
            StackSafeMaps.remove(TABLE, telling.member(), telling);
        }
    }

    /**
     * Called on the thread itself before it enters or leaves a scope: null if no subsystem follows
     * its switches.
     */
    static @Nullable Telling ofSwitch(Member member) {
        return MoveCallbacks.areAskedFor(member.told())
                ? use(member, Thread.currentThread())
                : null;
    }

    /** Called after a change. Null does nothing. */
    static void tell(@Nullable Telling telling) {
        if (telling != null) {
            try {
                telling.tell();
            } finally {
                release(telling);
            }
        }
    }

    /**
     * Called at a thread's exit before it leaves its home. The result is passed to
     * {@link #tellBeforeExit}. Null if the thread has no scope to come back from; also if there is
     * no memory or no stack, because the exit must be counted then too.
     */
    public static @Nullable Telling ofExit(Member member, Thread thread) {
        try {
            return member.openFrame() != null && MoveCallbacks.areAskedFor(member.told())
                    ? use(member, thread)
                    : null;
        } catch (VirtualMachineError exhausted) {
            return null;
        }
    }

    /**
     * Called after the thread has left its home and before its exit callbacks. Another thread may
     * be telling of an attach that took effect before.
     */
    public static void tellBeforeExit(
            Member member, Thread thread, Membership home, @Nullable Telling used) {
        Telling telling = used;
        if (telling == null) {
            if (TABLE.isEmpty() || StackSafeMaps.get(TABLE, member) == null) {
                return;
            }
            telling = use(member, thread);
        }
        try {
            Attach.leave(telling, home);
            telling.tellBeforeExit();
        } finally {
            telling.end();
            StackSafeMaps.remove(TABLE, member, telling);
        }
    }

    /**
     * Tells all subsystems that do not know them yet of the platform threads that are members. A
     * thread that starts meanwhile is told of by its starter. Called after a registration, on the
     * registering thread.
     */
    public static void tellOfPresent() {
        List<PlatformMember> present = new ArrayList<>();
        Members.forEachPlatform(present::add);
        for (PlatformMember member : present) {
            if (member.told() < Member.NEVER) {
                adopted(member, member.thread());
            }
        }
    }

    /**
     * Called after a fork was told. A subsystem that was registered since the others were asked may
     * not have found the thread among the members. Either the starter finds it registered, or its
     * registration finds the thread.
     */
    public static void forked(Member member, Thread thread, Subsystems asked) {
        if (member.isVirtual()) {
            return;
        }
        VarHandle.fullFence();
        if (Subsystems.registered() != asked) {
            try {
                adopted(member, thread);
            } catch (Throwable failure) {
                HookFailures.FORK.report(failure);
            }
        }
    }

    /** Called after a thread was adopted; runs on any thread. Callbacks are left to another. */
    public static void adoptedLater(Member member, Thread thread) {
        Notifier notifier = Notifier.Current.notifier;
        if (notifier != null && !Subsystems.registered().isEmpty()) {
            notifier.later(new AdoptedLater(member, thread));
        }
    }

    /** Tells subsystems that do not know the thread yet that it is a member, if it is one. */
    public static void adopted(Member member, Thread thread) {
        Telling telling = use(member, thread);
        try {
            if (Attach.addAdoption(telling)) {
                telling.tell();
            }
        } finally {
            release(telling);
        }
    }

    private record AdoptedLater(Member member, Thread thread) implements Runnable {
        @Override
        public void run() {
            try {
                adopted(member, thread);
            } catch (Throwable failure) {
                HookFailures.ADOPT.report(failure);
            }
        }
    }

    /** A thread is a member, and some subsystems do not know. */
    static final class Adopted extends Telling.Event {

        private final Membership home;

        /** @param home under the lock of attaches */
        Adopted(Membership home) {
            this.home = home;
        }

        @Override
        void tell(Telling telling) {
            Member member = telling.member();
            Subsystems all = Subsystems.registered();
            char before = member.told();
            if (before >= all.generation()) {
                return;
            }
            member.told(all.generation());
            ForkCallbacks.adopt(all, before, telling.thread(), home);
            if (MoveCallbacks.switched(all, before, telling.thread(), home, telling.place())) {
                telling.keep();
            }
        }
    }
}
