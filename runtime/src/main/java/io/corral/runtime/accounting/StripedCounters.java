package io.corral.runtime.accounting;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Sums that many threads add to, and that only grow, but for one. At first all threads add to one
 * cell, which is this object itself. Once threads contend for its cache line, several cells for
 * each processor are created, and each thread adds to one of them. A cell has all sums, as a
 * per-CPU counter of the kernel has, since a thread that adds to one adds to another right away.
 *
 * <p>Unlike a {@code LongAdder}, this loses no addition if there is no memory for the cells. It
 * also detects threads that add by turns, so that no compare-and-set fails.
 */
abstract class StripedCounters extends CounterCell {

    private static final int MIN_CELLS = 8;
    private static final int MAX_CELLS = 64;

    /** With one thread on each processor, few threads then share a cell. */
    private static final int CELLS_PER_PROCESSOR = 2;

    /**
     * If two threads check for contention within this time, they add so often that they contend.
     */
    static final long CONTENDED_NANOS = 5_000_000;

    /** The result of {@link #add} if there are cells. */
    static final long STRIPED = -1;

    /** The binary logarithm of the number of cells. */
    private static final int CELL_BITS = cellBits(Runtime.getRuntime().availableProcessors());

    private static final int CELL_COUNT = 1 << CELL_BITS;

    /**
     * Unused elements at the array's end, as many as fill a cache line. All threads read the array,
     * and the JVM can place a cell right after it.
     */
    private static final int PADDING = 16;

    /**
     * Fibonacci hashing: 2<sup>32</sup> over the golden ratio. Ids that follow each other, as those
     * of a pool's threads do, then get different cells.
     */
    private static final int FIBONACCI = 0x9E3779B9;

    private static final AtomicReferenceFieldUpdater<
                    StripedCounters, PaddedCounterCell @Nullable []>
            CELLS = AtomicReferenceFieldUpdater.newUpdater(
                    StripedCounters.class, PaddedCounterCell[].class, "cells");

    /** Null until threads contend. Its last elements are padding. */
    private volatile PaddedCounterCell @Nullable [] cells;

    /**
     * The ID of the thread that checked for contention last, and the time. A lost update does no
     * harm.
     */
    private long lastChecker;

    private long lastCheckNanoTime;

    /**
     * Adds to a sum. Any thread; it does not wait and does not throw.
     *
     * @return what the sum was before, or {@link #STRIPED}
     */
    final long add(AtomicLongFieldUpdater<CounterCell> sum, long amount) {
        PaddedCounterCell[] known = cells;
        if (known == null) {
            return sum.getAndAdd(this, amount);
        }
        sum.getAndAdd(known[ownCell()], amount);
        return STRIPED;
    }

    /**
     * Checks for contention: creates cells if another thread has done this check shortly before.
     * Call this seldom, right after an addition.
     */
    final void checkContention() {
        checkContention(threadId(), System.nanoTime());
    }

    final void checkContention(long checker, long nanoTime) {
        boolean alternates = lastChecker != checker && lastChecker != 0;
        boolean isFrequent = nanoTime - lastCheckNanoTime < CONTENDED_NANOS;
        lastChecker = checker;
        lastCheckNanoTime = nanoTime;
        if (alternates && isFrequent) {
            createCells();
        }
    }

    /** If there is no memory, the single cell stays, and its sums are right. */
    private void createCells() {
        if (CELL_BITS > 0 && cells == null) {
            try {
                @Nullable PaddedCounterCell[] made = new PaddedCounterCell[CELL_COUNT + PADDING];
                for (int i = 0; i < CELL_COUNT; i++) {
                    made[i] = new PaddedCounterCell();
                }
                CELLS.compareAndSet(this, null, made);
            } catch (OutOfMemoryError exhausted) {
                return;
            }
        }
    }

    /**
     * The sum over the cells. It is not atomic: it can lack additions that are made during the
     * call. It never falls if nothing negative is added.
     */
    final long sum(AtomicLongFieldUpdater<CounterCell> sum) {
        long total = sum.get(this);
        PaddedCounterCell[] known = cells;
        if (known != null) {
            for (int i = 0; i < CELL_COUNT; i++) {
                total += sum.get(known[i]);
            }
        }
        return total;
    }

    /** Used by tests. */
    final boolean isStriped() {
        return cells != null;
    }

    private static int cellBits(int processors) {
        if (processors == 1) {
            return 0;
        }
        int cells = Integer.highestOneBit(processors) * CELLS_PER_PROCESSOR;
        return Integer.numberOfTrailingZeros(Math.min(Math.max(cells, MIN_CELLS), MAX_CELLS));
    }

    private static int ownCell() {
        return cellOf(threadId(), CELL_BITS);
    }

    private static long threadId() {
        ThreadAccess threads = Jdk.THREADS;
        return threads == null
                ? System.identityHashCode(Thread.currentThread())
                : threads.id(Thread.currentThread());
    }

    /** @param bits at least 1 */
    static int cellOf(long threadId, int bits) {
        return ((int) threadId * FIBONACCI) >>> (Integer.SIZE - bits);
    }
}
