package io.corral.runtime.hook;

import io.corral.runtime.notice.Log;
import io.corral.runtime.thread.VirtualMember;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Checks the hooks of virtual threads with the first virtual thread that the application starts. A
 * thread of Corral's own would initialize the scheduler before the application can configure it.
 */
final class VirtualSelfCheck {

    /** Whether the check has not been concluded yet. */
    private static volatile boolean pending = true;

    private static volatile @Nullable First first;

    private VirtualSelfCheck() {}

    /** A call initializes this class. */
    static void initialize() {}

    /** The thread that is checked, held weakly. */
    private static final class First {
        final WeakReference<Thread> thread;
        final WeakReference<VirtualMember> member;
        volatile boolean started;
        volatile boolean mounted;

        First(Thread thread, VirtualMember member) {
            this.thread = new WeakReference<>(thread);
            this.member = new WeakReference<>(member);
        }
    }

    static void forked(Thread thread, VirtualMember member) {
        if (pending) {
            if (first == null) {
                first = new First(thread, member);
            } else {
                check();
            }
        }
    }

    /** Called after a successful start: neither a subsystem nor the scheduler has refused it. */
    static void started(VirtualMember member) {
        if (pending) {
            First checked = first;
            if (checked != null && checked.member.refersTo(member)) {
                checked.started = true;
            }
        }
    }

    static void mounted(VirtualMember member) {
        if (pending) {
            First checked = first;
            if (checked != null && checked.member.refersTo(member)) {
                checked.mounted = true;
            } else {
                check();
            }
        }
    }

    private static void check() {
        First checked = first;
        if (checked == null) {
            return;
        }
        Thread thread = checked.thread.get();
        VirtualMember member = checked.member.get();
        if (thread == null || member == null) {
            first = null;
        } else if (thread.getState() == Thread.State.TERMINATED) {
            if (member.home() != null) {
                conclude("the first virtual thread ended without passing the exit hook");
            } else if (checked.mounted) {
                conclude(null);
            } else if (checked.started) {
                conclude("the first virtual thread ran without passing the mount hook");
            } else {
                // The start was refused, so the thread proves nothing. The next one is checked.
                first = null;
            }
        }
    }

    private static void conclude(@Nullable String fault) {
        pending = false;
        first = null;
        if (fault != null) {
            Log.error("virtual threads are not accounted correctly: " + fault);
        }
    }
}
