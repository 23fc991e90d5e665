package io.corral.runtime.contention;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * How long platform threads are ready and have no CPU, as Linux counts it. That of a carrier counts
 * for the virtual thread that it runs. Elsewhere it is not known. Not thread-safe.
 */
final class RunDelays {

    /** The threads whose file one look reads: a file takes some 8 us. */
    private static final int MOST = 64;

    private final KernelThreads threads = new KernelThreads();

    /** What was counted up to the last look. */
    private final IdentityHashMap<PlatformMember, Long> counted = new IdentityHashMap<>();

    private int first;

    /**
     * Adds what has come since the last look, to where each thread works now. With more threads
     * than one look reads, each of them has its turn later.
     */
    void look(PeriodWaits waits) {
        List<PlatformMember> active = active();
        int count = Math.min(MOST, active.size());
        for (int i = 0; i < count; i++) {
            look(active.get((first + i) % active.size()), waits);
        }
        first = active.isEmpty() ? 0 : (first + count) % active.size();
    }

    /** Called once a period: finds out more about threads that have begun to run. */
    void find() {
        threads.forgetEnded();
        counted.keySet().removeIf(member -> !member.thread().isAlive());
        List<PlatformMember> unknown = active();
        unknown.removeIf(member -> threads.of(member) != null);
        threads.find(unknown);
    }

    private static List<PlatformMember> active() {
        List<PlatformMember> active = new ArrayList<>();
        Members.forEachPlatform(member -> {
            if (!member.rests()) {
                active.add(member);
            }
        });
        return active;
    }

    private void look(PlatformMember member, PeriodWaits waits) {
        KernelThread thread = threads.of(member);
        if (thread == null || !thread.read() || !member.thread().isAlive()) {
            return;
        }
        Long before = counted.put(member, thread.delayNanos());
        Account at = member.meter().account();
        if (before != null && thread.delayNanos() > before && at instanceof Membership place) {
            waits.add(place.unmeasured(), (double) (thread.delayNanos() - before));
        }
    }
}
