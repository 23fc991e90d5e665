package io.corral.runtime.control;

import io.corral.Limits;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.PinnedThreads;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The controller {@code threads.max} of one container, after the kernel's pids controller: the live
 * threads of the container and of those below it, of either kind.
 *
 * <p>A thread is counted while it is pinned, wherever its home is. So a change of limits does not
 * have to mark threads: whoever leaves is subtracted from the limits that hold for its home then.
 * Threads that live already are counted by {@link #calibrate}. A thread that starts or ends at that
 * moment may be counted twice or not at all. {@link #audit} finds such differences:
 *
 * <ul>
 *   <li>The count can't be higher than the number of pinned threads, as {@link PinnedThreads} reads
 *       it. What is more is subtracted at once.
 *   <li>It can be lower for a moment, while threads are pinned and not yet counted. What is missing
 *       in all of several audits is added.
 * </ul>
 *
 * <p>In monitor mode a thread that the limit would have refused is an <em>excess</em> thread. It
 * counts as live, and takes no place of another one.
 */
final class ThreadCount {

    /** The results of {@link #add}. */
    enum Outcome {
        ADDED,
        /** The limit in monitor mode would have refused the thread. */
        ADDED_AS_EXCESS,
        REFUSED
    }

    private static final long ONE_EXCESS = 1L << Integer.SIZE;

    /**
     * So many audits in a row have to miss a thread, and for so long: each of them may meet another
     * thread that the system has interrupted just before it is counted.
     */
    private static final int AUDITS = 5;

    private static final long MISSING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int ATTEMPTS = 10;

    /**
     * The live threads, which are below zero for a moment if a thread ends while it is moved here.
     * In the high half the excess threads among them.
     */
    private final AtomicLong counts = new AtomicLong();

    private final AtomicLong peak = new AtomicLong();

    /** Starts that are pinned and not counted, since they are about to be refused. */
    final AtomicInteger undecided = new AtomicInteger();

    /** The starts that this limit has refused. */
    final AtomicLong refused = new AtomicLong();

    /** The starts that this limit or one below it has refused. */
    final AtomicLong refusedBelow = new AtomicLong();

    final AtomicLong wouldRefuse = new AtomicLong();

    private volatile long max = Limits.UNLIMITED;
    private volatile boolean isMonitored;

    /** Whether the threads that live already are still to be counted. */
    private volatile boolean isNew;

    // Accessed by the thread that audits.
    private int audits;
    private long missingSince;
    private long leastMissing = Long.MAX_VALUE;

    /** Under the lock of {@link Control}. */
    void limit(LimitSettings.@Nullable ThreadsMax limit) {
        long next = limit == null ? Limits.UNLIMITED : limit.max();
        isNew |= max == Limits.UNLIMITED && next != Limits.UNLIMITED;
        max = next;
        isMonitored = limit != null && limit.mode() == Limits.Mode.MONITOR;
    }

    /**
     * Counts a thread.
     *
     * @param isForced whether it is counted even if the limit is reached
     * @param isExcess whether another limit in monitor mode would have refused it
     */
    Outcome add(boolean isForced, boolean isExcess) {
        while (true) {
            long now = counts.get();
            boolean wouldBeRefused = false;
            if (isMonitored) {
                wouldBeRefused = !isForced && !isExcess && live(now) - excess(now) >= max;
            } else if (!isForced && live(now) >= max) {
                return Outcome.REFUSED;
            }
            long next = now + 1 + (isExcess || wouldBeRefused ? ONE_EXCESS : 0);
            if (counts.compareAndSet(now, next)) {
                return wouldBeRefused ? Outcome.ADDED_AS_EXCESS : Outcome.ADDED;
            }
        }
    }

    /** Called for a thread that is counted: it is an excess thread. */
    void addExcess() {
        counts.getAndAdd(ONE_EXCESS);
    }

    /** Called after all limits have admitted a thread. */
    void raisePeak() {
        long live = live(counts.get());
        long highest = peak.get();
        while (live > highest && !peak.compareAndSet(highest, live)) {
            highest = peak.get();
        }
    }

    /** Counts a thread out. */
    void remove(boolean isExcess) {
        if (!isExcess) {
            counts.getAndDecrement();
            return;
        }
        while (true) {
            long now = counts.get();
            // The thread may be older than this limit.
            long next = now - 1 - (excess(now) > 0 ? ONE_EXCESS : 0);
            if (counts.compareAndSet(now, next)) {
                return;
            }
        }
    }

    long current() {
        return Math.max(0, live(counts.get()));
    }

    long peak() {
        return peak.get();
    }

    private static int live(long counts) {
        return (int) counts;
    }

    private static int excess(long counts) {
        return (int) ((counts - live(counts)) >> Integer.SIZE);
    }

    boolean isNew() {
        return isNew;
    }

    /** Called after the limit was set, as {@link #audit}: counts the threads that live already. */
    void calibrate(ContainerNode container) {
        for (int i = 0; i < ATTEMPTS; i++) {
            long surplus = surplus(container);
            if (surplus != PinnedThreads.UNKNOWN) {
                counts.getAndAdd(-surplus);
                raisePeak();
                isNew = false;
                return;
            }
        }
    }

    /**
     * Holds the count against the threads that are pinned. Called by one thread at a time, while no
     * thread is being moved, since such a thread is pinned twice.
     */
    void audit(ContainerNode container, long nanoTime) {
        // Two readings, since an account that leaves the tree can spoil one of them.
        long undecidedBefore = undecided.get();
        long first = surplus(container);
        long second = surplus(container);
        if (first == PinnedThreads.UNKNOWN || second == PinnedThreads.UNKNOWN) {
            return;
        }
        long certain = Math.min(first, second);
        if (certain > 0) {
            counts.getAndAdd(-certain);
        }
        long missing = -Math.max(first, second) - Math.max(undecidedBefore, undecided.get());
        if (missing <= 0) {
            audits = 0;
            leastMissing = Long.MAX_VALUE;
            return;
        }
        leastMissing = Math.min(leastMissing, missing);
        missingSince = audits == 0 ? nanoTime : missingSince;
        audits++;
        if (audits >= AUDITS && nanoTime - missingSince >= MISSING_NANOS) {
            counts.getAndAdd(leastMissing);
            audits = 0;
            leastMissing = Long.MAX_VALUE;
        }
    }

    /** What is counted more than is pinned; {@link PinnedThreads#UNKNOWN} during a change. */
    private long surplus(ContainerNode container) {
        PinnedThreads pinned = new PinnedThreads(container);
        long live = live(counts.get());
        long count = pinned.count();
        return count == PinnedThreads.UNKNOWN ? count : live - count;
    }
}
