package io.corral.runtime.hook;

import io.corral.runtime.notice.Log;
import io.corral.runtime.thread.VirtualMember;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Proves the virtual hooks at the first virtual thread the application starts: a thread of our own
 * would initialize the scheduler before the application can configure it.
 */
final class VirtualSelfCheck {

    /** Whether the first thread's life is still to be looked at. */
    private static volatile boolean pending = true;

    private static volatile @Nullable First first;

    private VirtualSelfCheck() {}

    /** Being called initializes this class. */
    static void initialize() {}

    /** The thread that is looked at, and not kept from the garbage collector. */
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
                look();
            }
        }
    }

    /** The start has succeeded: neither a subsystem nor the scheduler has refused. */
    static void started(VirtualMember member) {
        if (pending) {
            First looked = first;
            if (looked != null && looked.member.refersTo(member)) {
                looked.started = true;
            }
        }
    }

    static void mounted(VirtualMember member) {
        if (pending) {
            First looked = first;
            if (looked != null && looked.member.refersTo(member)) {
                looked.mounted = true;
            } else {
                look();
            }
        }
    }

    private static void look() {
        First looked = first;
        if (looked == null) {
            return;
        }
        Thread thread = looked.thread.get();
        VirtualMember member = looked.member.get();
        if (thread == null || member == null) {
            first = null;
        } else if (thread.getState() == Thread.State.TERMINATED) {
            if (member.home() != null) {
                conclude("the first virtual thread ended without passing the exit hook");
            } else if (looked.mounted) {
                conclude(null);
            } else if (looked.started) {
                conclude("the first virtual thread ran without passing the mount hook");
            } else {
                // Refused: it never ran, and proves nothing. The next one will.
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
