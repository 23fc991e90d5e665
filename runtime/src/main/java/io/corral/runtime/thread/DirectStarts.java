package io.corral.runtime.thread;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.jdk.CarrierPin;
import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The threads that are being started directly in a container, and these containers. An entry exists
 * from the call until the fork hook.
 */
public final class DirectStarts {

    /** Guarded by itself. Empty except during such a start. */
    private static final IdentityHashMap<Thread, ContainerNode> TARGETS = new IdentityHashMap<>();

    /** The size of {@link #TARGETS}, which hooks read without the lock. */
    private static volatile int pending;

    private DirectStarts() {}

    public static void start(Thread thread, ContainerNode target) {
        if (!Members.isWoven()) {
            if (thread.getState() == Thread.State.NEW) {
                Member member = UncountedMembers.of(thread);
                member.moveHome(member.homeOrRoot().moveTo(target));
            }
            thread.start();
            return;
        }
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (TARGETS) {
                if (TARGETS.putIfAbsent(thread, target) != null) {
                    throw new IllegalThreadStateException("thread " + Jdk.title(thread)
                            + " not started in " + target + ": another start of it is under way");
                }
                pending = TARGETS.size();
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
        try {
            thread.start();
        } finally {
            remove(thread);
        }
    }

    /** Runs on an exhausted stack too, because a remaining entry would make the next start fail. */
    @DontInline
    @ReservedStack
    private static @Nullable ContainerNode remove(Thread thread) {
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (TARGETS) {
                ContainerNode target = TARGETS.remove(thread);
                pending = TARGETS.size();
                return target;
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
    }

    /**
     * Called in the fork hook: the container that {@code thread} is started in directly, or null.
     */
    public static @Nullable ContainerNode take(Thread thread) {
        return pending == 0 ? null : remove(thread);
    }
}
