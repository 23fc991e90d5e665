package io.corral.runtime.runqueue;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.thread.PlatformMember;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinTask;

/**
 * The carriers of the JDK's scheduler. With a few more than there are CPUs, the kernel preempts a
 * virtual thread that never yields.
 */
public final class Carriers {

    /** Those that have run a token. */
    private static final Set<PlatformMember> KNOWN = ConcurrentHashMap.newKeySet();

    private Carriers() {}

    /** A call initializes this class. */
    static void initialize() {}

    static void submit(ForkJoinTask<?> token, boolean lazily) {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (access == null) {
            throw new IllegalStateException("there are no virtual threads");
        }
        if (lazily) {
            access.submitLazily(token);
        } else {
            access.submit(token);
        }
    }

    static void add(PlatformMember carrier) {
        if (!carrier.hasRun()) {
            KNOWN.add(carrier);
        }
    }

    /** Is told of slots that are in use on a carrier. */
    public interface SlotVisitor {

        /** @param isStalled whether the thread is pinned, and waits for something */
        void visit(Object owner, boolean isStalled);
    }

    /** Called by the tick: passes the owner of each slot with which a carrier runs a thread. */
    public static void forEachSlot(SlotVisitor visitor) {
        KNOWN.removeIf(each -> !each.thread().isAlive());
        ThreadAccess access = Jdk.THREADS;
        for (PlatformMember each : KNOWN) {
            Object owner = each.slotOwner();
            if (owner != null) {
                visitor.visit(owner, access != null && !access.isRunnable(each.thread()));
            }
        }
    }
}
