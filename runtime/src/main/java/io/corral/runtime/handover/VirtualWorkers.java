package io.corral.runtime.handover;

import io.corral.runtime.thread.Member;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one queue that are virtual threads: these are seldom a pool's, and have no room for a field of their own. The
 * queue has this, so that a pool that is given up without an end goes with its workers.
 */
public final class VirtualWorkers
        extends AtomicReference<@Nullable ConcurrentHashMap<Member, PoolWorker>> {

    private static final long serialVersionUID = 1;

    /** Null for a thread that is none. */
    public @Nullable PoolWorker get(Member member) {
        ConcurrentHashMap<Member, PoolWorker> workers = get();
        return workers == null ? null : workers.get(member);
    }

    public PoolWorker begin(Member member, Object queue) {
        if (get() == null) {
            compareAndSet(null, new ConcurrentHashMap<>());
        }
        PoolWorker worker = new PoolWorker(queue, null);
        ConcurrentHashMap<Member, PoolWorker> workers = get();
        if (workers != null) {
            workers.put(member, worker);
        }
        return worker;
    }

    public void end(Member member) {
        ConcurrentHashMap<Member, PoolWorker> workers = get();
        if (workers != null) {
            workers.remove(member);
        }
    }
}
