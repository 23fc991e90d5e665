package io.corral.runtime.control;

import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.thread.Attach;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Holds the counts of {@code threads.max} against the live threads: each second, and at every tick
 * in the first second after a change of limits, when threads that start or end meanwhile may be
 * counted wrongly.
 */
final class ThreadAudit {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The containers with such a limit. */
    private static final Set<ContainerControl> LIMITED = ConcurrentHashMap.newKeySet();

    private static volatile long changedNanoTime = System.nanoTime() - 2 * INTERVAL_NANOS;

    /** Accessed by the tick. */
    private static long lastNanoTime = System.nanoTime();

    private ThreadAudit() {}

    static void add(ContainerControl limited) {
        LIMITED.add(limited);
        changedNanoTime = System.nanoTime();
    }

    static void remove(ContainerControl control) {
        LIMITED.remove(control);
    }

    /** Whether the counts are audited at every tick now. */
    static boolean isSettling() {
        return !LIMITED.isEmpty() && System.nanoTime() - changedNanoTime < INTERVAL_NANOS;
    }

    /** Called after a change of limits: counts the threads that live already. */
    static void countPresent() {
        for (ContainerControl each : LIMITED) {
            if (each.threads.isNew()) {
                Attach.whileNoThreadMoves(() -> each.threads.calibrate(each.container()));
            }
        }
    }

    /** Called by the tick. */
    static void run(long now) {
        if (LIMITED.isEmpty()) {
            return;
        }
        if (!isSettling() && now - lastNanoTime < INTERVAL_NANOS) {
            return;
        }
        lastNanoTime = now;
        try {
            auditAll(now);
        } catch (Throwable failure) {
            HookFailures.CONTROL.report(failure);
        }
    }

    private static void auditAll(long now) {
        List<ContainerControl> all = new ArrayList<>(LIMITED);
        for (ContainerControl each : all) {
            if (each.container().isRemoved()) {
                LIMITED.remove(each);
            } else {
                Attach.whileNoThreadMoves(() -> each.threads.audit(each.container(), now));
            }
        }
    }
}
