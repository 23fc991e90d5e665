package io.corral.runtime.thread;

import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Observer;

import org.jspecify.annotations.Nullable;

/** Makes the members of virtual threads. */
public final class VirtualMembers {

    private VirtualMembers() {}

    /** A member for a new virtual thread; null if there is no memory for one. */
    public static @Nullable VirtualMember around(Runnable runContinuation) {
        try {
            Observer observer = Observer.Current.observer;
            if (observer != null && observer.observesVirtualExits()) {
                return new MeteredVirtualMember(runContinuation);
            }
            return QueuedTime.isMeasured()
                    ? new QueuedVirtualMember(runContinuation)
                    : new VirtualMember(runContinuation);
        } catch (Throwable failure) {
            HookFailures.FORK.report(failure);
            return null;
        }
    }

    /**
     * The member in a virtual thread's field. A thread that was made before its class was woven has
     * the JDK's own object there, and gets a member that wraps it. Call it on the thread that alone
     * runs {@code thread}, or is about to start it.
     *
     * <p>JDK 25 also locks the object in that field, to keep a timeout of {@code Object.wait} from
     * waking the thread out of its next such wait. A timeout that is half-way through while the
     * object is replaced could cause one spurious wake-up.
     *
     * @return null if the field stays as it is
     */
    public static @Nullable VirtualMember installed(
            Thread thread, @Nullable Runnable runContinuation) {
        if (runContinuation instanceof VirtualMember member) {
            return member;
        }
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        VirtualMember made =
                access == null || runContinuation == null ? null : around(runContinuation);
        if (access != null && made != null) {
            access.runContinuation(thread, made);
        }
        return made;
    }
}
