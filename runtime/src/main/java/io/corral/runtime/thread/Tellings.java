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
 * The {@link Telling} of each thread with a change in progress. Also runs the callbacks for adopted
 * threads: those that were members when a subsystem was registered, and those that are first seen
 * after their start.
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
     * Called on the thread itself before it opens or closes a scope. Null if no subsystem follows
     * its switches.
     */
    static @Nullable Telling ofSwitch(Member member) {
        return MoveCallbacks.haveSwitchedCallbacks(member.told())
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
     * {@link #tellBeforeExit}. Null if the thread has no open scope, or if there is no memory or no
     * stack, since the exit must be counted nevertheless.
     */
    public static @Nullable Telling ofExit(Member member, Thread thread) {
        try {
            return member.openFrame() != null && MoveCallbacks.haveSwitchedCallbacks(member.told())
                    ? use(member, thread)
                    : null;
        } catch (VirtualMachineError exhausted) {
            return null;
        }
    }

    /**
     * Called after the thread has left its home and before its exit callbacks. Another thread may
     * be running the callbacks of an earlier attach.
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
     * Called after a registration, on the registering thread: tells subsystems of all platform
     * threads that are members and that they do not know yet. The starter of a thread that starts
     * meanwhile does so for that thread.
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
     * Called after the fork callbacks. A subsystem that was registered after the others were asked
     * may not have found the thread among the members. Either the starter finds the subsystem here,
     * or the registration finds the thread.
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

    /**
     * Called after a thread was adopted, on any thread. The background thread runs the callbacks.
     */
    public static void adoptedLater(Member member, Thread thread) {
        Notifier notifier = Notifier.Current.notifier;
        if (notifier != null && !Subsystems.registered().isEmpty()) {
            notifier.later(new AdoptedLater(member, thread));
        }
    }

    /** If the thread is a member, tells the subsystems that do not know it yet. */
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

    /** The adoption of a thread: it is a member, and some subsystems do not know it yet. */
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
