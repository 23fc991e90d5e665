package io.corral.runtime.handover;

import io.corral.runtime.thread.Member;

import org.jspecify.annotations.Nullable;

/**
 * The virtual threads that are workers of a {@code ThreadPoolExecutor}: they are rare, and a member
 * of a virtual thread has no room for a field.
 */
public final class VirtualWorkers {

    private static final WeakIdentityMap<PoolWorker> BY_MEMBER = new WeakIdentityMap<>();

    private VirtualWorkers() {}

    /** Initializes this class now, since a hook may have too little stack left for that. */
    static void initialize() {}

    public static @Nullable PoolWorker of(Member member) {
        return BY_MEMBER.get(member);
    }

    public static PoolWorker start(Member member, Object queue) {
        PoolWorker started = new PoolWorker(queue, null);
        end(member);
        BY_MEMBER.putIfAbsent(member, started);
        return started;
    }

    public static void end(Member member) {
        PoolWorker ending = BY_MEMBER.get(member);
        if (ending != null) {
            BY_MEMBER.replace(member, ending, null);
        }
    }
}
