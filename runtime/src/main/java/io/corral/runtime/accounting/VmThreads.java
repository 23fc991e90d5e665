package io.corral.runtime.accounting;

import io.corral.Usage;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VmThreadAccess;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of the JVM's own threads, by kind. The JVM lists those that live, by name: one that ended
 * is gone with what it used, and a later one may have its name. So what each has used since the last
 * reading is added up, and no total falls. What a thread uses between its last reading and its end is
 * missed.
 */
public final class VmThreads {

    /** Those of this JVM. */
    public static final VmThreads JVM = new VmThreads(Jdk.VM_THREADS);

    /** What a thread is there for, as its name says. */
    public enum Kind {
        /** Of the collectors. What Serial collects is not in here: the VM Thread does it. */
        GC("gc"),
        /** The compilers and, on JDK 17, the sweeper of the code cache. */
        JIT("jit"),
        /** Operations at safepoints, and housekeeping. */
        OTHER("other");

        private final String container;

        Kind(String container) {
            this.container = container;
        }

        /** The name, below {@code /jvm}, of the container that shows this kind. */
        public String container() {
            return container;
        }

        /** By the names that JDK 17, 21 and 25 give, with each collector they have. */
        static Kind of(String thread) {
            if (thread.startsWith("GC Thread")
                    || thread.startsWith("G1 ")
                    || thread.startsWith("Shenandoah ")
                    || thread.startsWith("StringDedup")
                    || isOfZ(thread)) {
                return GC;
            }
            return thread.contains("CompilerThread") || thread.equals("Sweeper thread")
                    ? JIT
                    : OTHER;
        }

        /** ZDirector, ZWorkerYoung#0; XDriver and so on where JDK 21 runs it without generations. */
        private static boolean isOfZ(String thread) {
            return thread.length() > 1
                    && (thread.charAt(0) == 'Z' || thread.charAt(0) == 'X')
                    && Character.isUpperCase(thread.charAt(1));
        }
    }

    private final @Nullable VmThreadAccess access;

    /** By name. Guarded by this. */
    private final Map<String, Clock> clocks = new HashMap<>();

    /** Guarded by this. */
    private final Map<Kind, Long> totals = new EnumMap<>(Kind.class);

    public VmThreads(@Nullable VmThreadAccess access) {
        this.access = access;
    }

    /** CPU nanoseconds of the threads of a kind, ended ones too; {@link Usage#UNKNOWN} without access. */
    public synchronized long cpuNanos(Kind kind) {
        if (access == null) {
            return Usage.UNKNOWN;
        }
        read(access);
        add();
        return totals.getOrDefault(kind, 0L);
    }

    /** What was used up to now is nobody's: for an agent that comes late. */
    public synchronized void countFromNow() {
        if (access != null) {
            read(access);
            add();
            totals.clear();
        }
    }

    private void read(VmThreadAccess access) {
        String[] names;
        long[] cpuNanos;
        int filled;
        int room = access.count() + 8;
        do {
            room *= 2;
            names = new String[room];
            cpuNanos = new long[room];
            filled = access.read(names, cpuNanos);
            // All or nothing: one that is left out would be taken for ended, and later for new.
        } while (filled >= room);
        for (int i = 0; i < filled; i++) {
            if (names[i] != null) {
                clocks.computeIfAbsent(names[i], Clock::new).read(cpuNanos[i]);
            }
        }
    }

    private void add() {
        for (Iterator<Clock> each = clocks.values().iterator(); each.hasNext(); ) {
            Clock clock = each.next();
            if (clock.seen) {
                totals.merge(clock.kind, clock.progress(), Long::sum);
            } else {
                each.remove();
            }
        }
    }

    /** Of the threads of one name: there is one, but nobody promises so. */
    private static final class Clock {

        private final Kind kind;

        /** At the last reading but this. */
        private long before;

        private long now;
        private boolean seen;

        Clock(String thread) {
            this.kind = Kind.of(thread);
        }

        void read(long cpuNanos) {
            // A thread that is about to end may have no clock any more: it has made no progress.
            now += cpuNanos < 0 && !seen ? before : Math.max(cpuNanos, 0);
            seen = true;
        }

        /** A clock that has fallen is a new thread's, which began at zero. */
        long progress() {
            long progress = now >= before ? now - before : now;
            before = now;
            now = 0;
            seen = false;
            return progress;
        }
    }
}
