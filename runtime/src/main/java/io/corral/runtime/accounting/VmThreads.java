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
 * The CPU time of the JVM's own threads, by kind. The JVM lists the names and clocks of those that
 * are alive. A thread that has ended is no longer listed, nor is its CPU time, and a later thread
 * can have its name. So the progress of each clock between readings is added up, and no total
 * falls. What a thread uses between its last reading and its end is missed.
 */
public final class VmThreads {

    /** The threads of this JVM. */
    public static final VmThreads JVM = new VmThreads(Jdk.VM_THREADS);

    /** The purpose of a thread, by its name. */
    public enum Kind {
        /**
         * The collectors. Serial has no separate thread: the VM Thread collects, which counts as
         * OTHER.
         */
        GC("gc"),
        /** The compilers, and the sweeper of the code cache on JDK 17. */
        JIT("jit"),
        /** Operations at safepoints, and housekeeping. */
        OTHER("other");

        private final String container;

        Kind(String container) {
            this.container = container;
        }

        /** The name of the container below {@code /jvm} that shows this kind. */
        public String container() {
            return container;
        }

        /** Covers the names on JDK 17, 21 and 25, with each of their collectors. */
        static Kind of(String thread) {
            if (thread.startsWith("GC Thread")
                    || thread.startsWith("G1 ")
                    || thread.startsWith("Shenandoah ")
                    || thread.startsWith("StringDedup")
                    || isZgcThread(thread)) {
                return GC;
            }
            return thread.contains("CompilerThread") || thread.equals("Sweeper thread")
                    ? JIT
                    : OTHER;
        }

        /**
         * Whether the name is like ZDirector or ZWorkerYoung#0, or XDriver (without generations, on
         * JDK 21).
         */
        private static boolean isZgcThread(String thread) {
            return thread.length() > 1
                    && (thread.charAt(0) == 'Z' || thread.charAt(0) == 'X')
                    && Character.isUpperCase(thread.charAt(1));
        }
    }

    /** The size of the first arrays is twice this number. */
    private static final int SPARE = 32;

    private final @Nullable VmThreadAccess access;

    /** The clocks by thread name. Guarded by this. */
    private final Map<String, Clock> clocks = new HashMap<>();

    /** Guarded by this. */
    private final Map<Kind, Long> totals = new EnumMap<>(Kind.class);

    /** A call initializes this class. */
    public static void initialize() {}

    public VmThreads(@Nullable VmThreadAccess access) {
        this.access = access;
    }

    /** Reads the clocks of all kinds, for {@link #lastCpuNanos}. */
    public synchronized void read() {
        if (access != null) {
            read(access);
            add();
        }
    }

    /**
     * CPU nanoseconds of the threads of a kind as of the last {@link #read}, including those that
     * have ended. {@link Usage#UNKNOWN} without access.
     */
    public synchronized long lastCpuNanos(Kind kind) {
        return access == null ? Usage.UNKNOWN : totals.getOrDefault(kind, 0L);
    }

    /** Begins to count at the current time: for an agent that is attached to a running JVM. */
    public synchronized void countFromNow() {
        read();
        totals.clear();
    }

    private void read(VmThreadAccess access) {
        String[] names;
        long[] cpuNanos;
        int filled;
        int room = SPARE + clocks.size();
        do {
            room *= 2;
            names = new String[room];
            cpuNanos = new long[room];
            filled = access.read(names, cpuNanos);
            // A thread that is left out for lack of room would count as ended, and later as a new
            // one.
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

    /** The clock of the threads of one name: usually one thread. */
    private static final class Clock {

        private final Kind kind;

        /** The sum at the previous reading. */
        private long before;

        /** The sum at this reading so far. */
        private long now;

        /** Whether this reading lists a thread of this name. */
        private boolean seen;

        Clock(String thread) {
            this.kind = Kind.of(thread);
        }

        void read(long cpuNanos) {
            // The clock of a thread that is about to end can be unreadable: no progress.
            now += cpuNanos < 0 && !seen ? before : Math.max(cpuNanos, 0);
            seen = true;
        }

        /** A clock that has fallen belongs to a new thread, which began at zero. */
        long progress() {
            long progress = now >= before ? now - before : now;
            before = now;
            now = 0;
            seen = false;
            return progress;
        }
    }
}
