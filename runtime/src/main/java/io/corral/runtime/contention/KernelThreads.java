package io.corral.runtime.contention;

import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.thread.PlatformMember;
import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which thread of the kernel a platform thread is. The JDK does not say. But both show
 * the same clock: CPU time in nanoseconds. So a thread is the one whose CPU time in the kernel's
 * file lies between two readings by the JVM, if that holds for no other. Since this could happen by
 * chance, it must hold several times in a row. Not thread-safe.
 */
final class KernelThreads {

    /** So often a pair must be found. */
    private static final int ENOUGH = 3;

    /** The files, and the clocks, that one search reads at most. */
    private static final int MOST = 512;

    /** A thread of the kernel, and how often it was found to be the same. */
    private static final class Found {
        final KernelThread thread;
        int times = 1;

        Found(KernelThread thread) {
            this.thread = thread;
        }
    }

    private final IdentityHashMap<PlatformMember, Found> found = new IdentityHashMap<>();
    private boolean isSupported = true;
    private int firstFile;

    /** The thread of the kernel; null if it is not known. */
    @Nullable KernelThread of(PlatformMember member) {
        Found known = found.get(member);
        return known == null || known.times < ENOUGH ? null : known.thread;
    }

    /** Forgets threads that have ended. */
    void forgetEnded() {
        found.keySet().removeIf(member -> !member.thread().isAlive());
    }

    /** Searches for these threads. Each search takes up to some milliseconds. */
    void find(List<PlatformMember> wanted) {
        List<PlatformMember> members = wanted.subList(0, Math.min(MOST, wanted.size()));
        List<KernelThread> candidates =
                members.isEmpty() || !isSupported ? List.of() : candidates();
        if (candidates.isEmpty()) {
            return;
        }
        long[] ids = new long[members.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = members.get(i).threadId();
        }
        long[] before = JvmClocks.cpuNanos(ids);
        candidates.removeIf(each -> !each.read());
        long[] after = JvmClocks.cpuNanos(ids);
        for (int i = 0; i < ids.length; i++) {
            PlatformMember member = members.get(i);
            KernelThread only = only(candidates, before[i], after[i]);
            Found known = found.get(member);
            if (only == null || countBetween(only.cpuNanos(), before, after) != 1) {
                // It ran, or others have about the same time: the next search may tell.
                continue;
            }
            if (known == null || !known.thread.id().equals(only.id())) {
                found.put(member, new Found(only));
            } else {
                known.times++;
            }
        }
    }

    private List<KernelThread> candidates() {
        String[] ids = names();
        Set<String> taken = new HashSet<>();
        for (Found each : found.values()) {
            if (each.times >= ENOUGH) {
                taken.add(each.thread.id());
            }
        }
        List<KernelThread> candidates = new ArrayList<>();
        firstFile = ids.length > MOST ? (firstFile + MOST) % ids.length : 0;
        for (int i = 0; i < ids.length && candidates.size() < MOST; i++) {
            String id = ids[(firstFile + i) % ids.length];
            if (!taken.contains(id)) {
                candidates.add(new KernelThread(id));
            }
        }
        return candidates;
    }

    private String[] names() {
        try {
            String[] names = new File(KernelThread.ALL).list();
            isSupported = names != null;
            return names == null ? new String[0] : names;
        } catch (SecurityException refused) {
            isSupported = false;
            return new String[0];
        }
    }

    private static @Nullable KernelThread only(
            List<KernelThread> candidates, long before, long after) {
        KernelThread only = null;
        for (KernelThread each : candidates) {
            if (each.cpuNanos() > 0 && before <= each.cpuNanos() && each.cpuNanos() <= after) {
                if (only != null) {
                    return null;
                }
                only = each;
            }
        }
        return only;
    }

    private static int countBetween(long nanos, long[] before, long[] after) {
        int count = 0;
        for (int i = 0; i < before.length; i++) {
            if (before[i] <= nanos && nanos <= after[i]) {
                count++;
            }
        }
        return count;
    }
}
