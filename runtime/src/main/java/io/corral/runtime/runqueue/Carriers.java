package io.corral.runtime.runqueue;

import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.thread.PlatformMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * The carriers of the JDK's scheduler. With a few more than there are CPUs, the kernel preempts a
 * virtual thread that never yields.
 */
public final class Carriers {

    /** The carriers for each CPU, unless there are few CPUs. */
    private static final int CARRIERS_A_CPU = 4;

    /** Enough carriers for weights such as 1 to 10. */
    private static final int MIN_CARRIERS = 16;

    /** With fewer, there is nothing to divide. */
    private static final int FEWEST_CARRIERS = 3;

    private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
    private static final String MAX_POOL_SIZE = "jdk.virtualThreadScheduler.maxPoolSize";
    private static final int DEFAULT_MAX_POOL_SIZE = 256;

    /** Without CPU time for so many ticks, while a CPU is idle, a thread waits in the kernel. */
    private static final int STILL_TICKS = 3;

    /** The same while the CPUs are busy: it may wait for one of them. */
    private static final int STILL_TICKS_IF_BUSY = 50;

    /** Those that have run a token. */
    private static final Map<PlatformMember, Progress> KNOWN = new ConcurrentHashMap<>();

    /** Accessed by the tick only. */
    private static final List<PlatformMember> WITH_SLOT = new ArrayList<>();

    private static final List<Object> OWNERS = new ArrayList<>();

    private static final Runnable WAKE_UP = new WakeUp();

    /** Whether no carrier has run the last wake-up yet. */
    private static volatile boolean isWaking;

    /** The largest number of carriers; 0 for the default. */
    private static volatile int max;

    /** The largest number that the scheduler can have. */
    private static volatile int most;

    private static volatile int original;
    private static volatile int all;

    private Carriers() {}

    /** A call initializes this class. */
    static void initialize() {}

    /** Sets the largest number of carriers for {@link #addSpare}; 0 for the default. */
    public static void max(int carriers) {
        max = carriers;
    }

    /** The number of carriers without the spare ones; 0 if none were ever added. */
    public static int original() {
        return original;
    }

    /** The number of carriers with the spare ones. */
    public static int all() {
        return all;
    }

    /**
     * Gives the scheduler its spare carriers, unless the application has chosen their number.
     *
     * @return null, or why it gets none
     */
    public static @Nullable String addSpare() {
        VirtualThreadAccess access = access();
        int cpus = original > 0 ? original : access.parallelism();
        most = Integer.getInteger(MAX_POOL_SIZE, Math.max(cpus, DEFAULT_MAX_POOL_SIZE));
        int wanted = max > 0 ? max : Math.max(MIN_CARRIERS, CARRIERS_A_CPU * cpus);
        int next = Math.min(wanted, most);
        if (System.getProperty(PARALLELISM) != null && max == 0) {
            return "the application has set " + PARALLELISM
                    + "; the option carriers=N of Corral allows N carriers nevertheless";
        }
        if (next < FEWEST_CARRIERS || next < cpus) {
            return "that takes " + Math.max(FEWEST_CARRIERS, cpus) + " carriers, and "
                    + (next == most ? MAX_POOL_SIZE : "the option carriers") + " allows " + next;
        }
        access.parallelism(next);
        all = next;
        original = cpus;
        return null;
    }

    /** Takes the spare carriers back, if any were added. */
    public static void removeSpare() {
        if (original > 0) {
            access().parallelism(original);
        }
    }

    /**
     * Called by the tick.
     *
     * @param count the carriers that can't go on, for which the scheduler gets others
     */
    public static void replaceStalled(int count) {
        VirtualThreadAccess access = access();
        int wanted = Math.min(Math.max(all, most), all + count);
        if (wanted != access.parallelism()) {
            access.parallelism(wanted);
        }
    }

    /**
     * Submits a token to the scheduler. The task is a new one each time: a queue of the scheduler
     * in which a place has the same task again takes an old steal for a new one. It is the JDK's
     * own: a subclass here would load {@code ForkJoinTask} before other agents can weave it, and
     * before it gets its field for submitters.
     */
    static void submit(Runnable token, boolean lazily) {
        ForkJoinTask<?> task = ForkJoinTask.adapt(token);
        if (lazily) {
            access().submitLazily(task);
        } else {
            access().submit(task);
        }
    }

    /**
     * Called by the tick: has a carrier that sleeps, if there is one, look for tokens. The
     * scheduler may not wake one for a token that comes after others. Then those that are awake
     * take it, but not while each of their runs leaves the next token in their own queue.
     */
    public static void wakeOne() {
        if (isWaking) {
            return;
        }
        isWaking = true;
        boolean isDone = false;
        try {
            submit(WAKE_UP, false);
            isDone = true;
        } finally {
            if (!isDone) {
                isWaking = false;
            }
        }
    }

    private static final class WakeUp implements Runnable {

        @Override
        public void run() {
            isWaking = false;
        }
    }

    private static VirtualThreadAccess access() {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (access == null) {
            throw new IllegalStateException("there are no virtual threads");
        }
        return access;
    }

    static void add(PlatformMember carrier) {
        if (!carrier.hasRun()) {
            KNOWN.put(carrier, new Progress());
        }
    }

    /** What the tick has seen of a carrier that runs a thread. Accessed by the tick only. */
    private static final class Progress {

        private long cpuNanos;
        private int stillTicks;

        /** @return for how many ticks it has used no CPU time */
        int look(long nowCpuNanos) {
            stillTicks = nowCpuNanos == cpuNanos ? stillTicks + 1 : 0;
            cpuNanos = nowCpuNanos;
            return stillTicks;
        }
    }

    /** Is told of slots that are in use on a carrier. */
    public interface SlotVisitor {

        /** @param isStalled whether the thread keeps its carrier, and waits for something */
        void visit(Object owner, boolean isStalled);
    }

    /**
     * Called by the tick: passes the owner of each slot with which a carrier runs a thread. A
     * pinned thread that waits is seen by its carrier's state. One that waits in native code, such
     * as in {@code Selector.select} on JDK 21, is runnable for the JVM, and uses no CPU time.
     */
    public static void forEachSlot(boolean areCpusBusy, SlotVisitor visitor) {
        KNOWN.keySet().removeIf(each -> !each.thread().isAlive());
        WITH_SLOT.clear();
        OWNERS.clear();
        for (PlatformMember each : KNOWN.keySet()) {
            Object owner = each.slotOwner();
            if (owner != null) {
                WITH_SLOT.add(each);
                OWNERS.add(owner);
            }
        }
        long[] ids = new long[WITH_SLOT.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = WITH_SLOT.get(i).threadId();
        }
        long[] cpuNanos = JvmClocks.cpuNanos(ids);
        int still = areCpusBusy ? STILL_TICKS_IF_BUSY : STILL_TICKS;
        ThreadAccess access = Jdk.THREADS;
        for (int i = 0; i < ids.length; i++) {
            PlatformMember each = WITH_SLOT.get(i);
            Progress progress = KNOWN.get(each);
            boolean standsStill = progress != null && progress.look(cpuNanos[i]) >= still;
            boolean isBlocked = access != null && !access.isRunnable(each.thread());
            visitor.visit(OWNERS.get(i), isBlocked || standsStill);
        }
    }
}
