package io.corral.runtime.accounting;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Sums that only grow and that many threads add to: one cell, this object itself, until threads get into each other's way there,
 * then some cells for each processor besides, so that no cache line goes to and fro among them. A cell has all sums of its threads,
 * as the kernel's numbers per CPU have, since who adds to one adds to another right away. Unlike a {@code LongAdder} it loses
 * nothing when there is no memory for the cells.
 */
abstract class Counters extends Sums {

    private static final int FEWEST_CELLS = 8;
    private static final int MOST_CELLS = 64;

    /** So that of as many threads as there are processors few meet in a cell. */
    private static final int CELLS_FOR_EACH = 2;

    /**
     * So many meetings, on average, make cells: threads that contend come to that at once. Any two meet in hours, and cells
     * are 4.5 KB with 16 processors.
     */
    private static final int MEETINGS = 8;

    /** What is below it in a time differs less by chance. */
    private static final int CHANCE_SHIFT = 4;

    /** What {@link #add} and {@link #count} return where threads have cells of their own. */
    static final long NOT_ALONE = -1;

    /** Of the number of cells, which is a power of two. */
    private static final int CELL_BITS = cellBits(Runtime.getRuntime().availableProcessors());

    private static final int CELL_COUNT = 1 << CELL_BITS;

    /** As many as fill a cache line: all read the array, and what the JVM puts behind it may be a cell. */
    private static final int NO_CELLS = 16;

    /**
     * The golden ratio's part of 2<sup>32</sup>. The high bits of its multiples lie far from each other for ids that follow each
     * other, as those of a pool's threads do.
     */
    private static final int SCATTER = 0x9E3779B9;

    private static final AtomicReferenceFieldUpdater<Counters, SumsCell @Nullable []> CELLS =
            AtomicReferenceFieldUpdater.newUpdater(Counters.class, SumsCell[].class, "cells");

    /** Null until threads have got into each other's way. Behind the cells it is empty. */
    private volatile SumsCell @Nullable [] cells;

    /** An update of these two that is lost does no harm. */
    private long lastLooker;

    private long lastLookNanoTime;

    /** So that what the JVM puts behind this, which may be another account's sums, is not on a line, of 64 bytes, with these. */
    private long unused1;

    private long unused2;
    private long unused3;
    private long unused4;
    private long unused5;

    /** What is used first on an exhausted stack, or heap, would be initialized there, and fail for good. */
    public static void initialize() {
        CPU_NANOS.getAndAdd(new SumsCell(), 1);
        VarHandle.fullFence();
    }

    /**
     * Any thread. Does not wait, and does not throw.
     *
     * @return what it was before, about, or {@link #NOT_ALONE}
     */
    final long add(AtomicLongFieldUpdater<Sums> sum, long amount) {
        SumsCell[] known = cells;
        if (known == null) {
            long now = sum.get(this);
            if (!sum.compareAndSet(this, now, now + amount)) {
                met(sum, amount);
            }
            return now;
        }
        sum.getAndAdd(known[ownCell()], amount);
        return NOT_ALONE;
    }

    /**
     * Adds one; threads that meet here do not part, but those that {@link #look}. Any thread. Does not wait, and does not throw.
     *
     * @return what it was before, or {@link #NOT_ALONE}
     */
    final long count(AtomicLongFieldUpdater<Sums> sum) {
        SumsCell[] known = cells;
        if (known == null) {
            return sum.getAndIncrement(this);
        }
        sum.getAndIncrement(known[ownCell()]);
        return NOT_ALONE;
    }

    /** Seldom, or once for each meeting where there is one processor, or no memory. */
    private void met(AtomicLongFieldUpdater<Sums> sum, long amount) {
        sum.getAndAdd(this, amount);
        // What was added stays so, whatever there is no room for here.
        try {
            if ((System.nanoTime() >>> CHANCE_SHIFT) % MEETINGS == 0) {
                spread();
            }
        } catch (StackOverflowError staysOne) {
            // And is right.
        }
    }

    /**
     * Threads take the line from each other also where they hardly ever meet, since they do other work in between, and where each
     * adds to another sum. So seldom, just behind an addition, one looks who was the last to look, and when.
     *
     * @param oftenNanos two looks closer than that are of threads that add so often that they had better part
     */
    final void look(long oftenNanos) {
        look(threadId(), System.nanoTime(), oftenNanos);
    }

    final void look(long looker, long nanoTime, long oftenNanos) {
        long last = lastLooker;
        boolean alternates = last != looker && last != 0;
        boolean often = nanoTime - lastLookNanoTime < oftenNanos;
        lastLooker = looker;
        lastLookNanoTime = nanoTime;
        if (alternates && often) {
            spread();
        }
    }

    /** Threads add on lines of their own from now on. */
    private void spread() {
        if (CELL_BITS > 0 && cells == null) {
            try {
                @Nullable SumsCell[] made = new SumsCell[CELL_COUNT + NO_CELLS];
                for (int i = 0; i < CELL_COUNT; i++) {
                    made[i] = new SumsCell();
                }
                CELLS.compareAndSet(this, null, made);
            } catch (OutOfMemoryError exhausted) {
                // It stays one cell, and is right.
            }
        }
    }

    /** Never falls. Not of one moment: what is added meanwhile may be in it or not. */
    final long sum(AtomicLongFieldUpdater<Sums> sum) {
        long total = sum.get(this);
        SumsCell[] known = cells;
        if (known != null) {
            for (int i = 0; i < CELL_COUNT; i++) {
                total += sum.get(known[i]);
            }
        }
        return total;
    }

    /** For tests. */
    final boolean isSpread() {
        return cells != null;
    }

    private static int cellBits(int processors) {
        if (processors == 1) {
            return 0;
        }
        int cells = Integer.highestOneBit(processors) * CELLS_FOR_EACH;
        return Integer.numberOfTrailingZeros(Math.min(Math.max(cells, FEWEST_CELLS), MOST_CELLS));
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
        return ((int) threadId * SCATTER) >>> (Integer.SIZE - bits);
    }
}
