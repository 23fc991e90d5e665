package io.corral.runtime.accounting;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Some sums that only grow and that many threads add to: one cell until threads get into each other's way there, then some cells
 * for each processor, so that no cache line goes to and fro among them. A cell has all sums of its threads, as the kernel's
 * numbers per CPU have, since who adds to one adds to another right away. Unlike a {@code LongAdder} it loses nothing when
 * there is no memory for the cells.
 */
abstract class Counters {

    /** Longs from one cell to the next. With nine sums none of them lies on a cache line, of 64 bytes, of the next cell's. */
    private static final int STRIDE = 16;

    private static final int FEWEST_CELLS = 8;
    private static final int MOST_CELLS = 64;

    /** So that of as many threads as there are processors few meet in a cell. */
    private static final int CELLS_FOR_EACH = 2;

    /**
     * So many meetings, on average, make cells: threads that contend come to that at once. Any two meet in hours, and cells
     * are 4 KB with 16 processors.
     */
    private static final int MEETINGS = 8;

    /** What is below it in a time differs less by chance. */
    private static final int CHANCE_SHIFT = 4;

    /** What {@link #add} and {@link #count} return where threads have cells of their own. */
    static final long NOT_ALONE = -1;

    /** Behind the sums of the first cell. An update that is lost does no harm. */
    private static final int LAST_LOOKER = STRIDE - 2;

    private static final int LAST_LOOK_NANO_TIME = STRIDE - 1;

    /** Of the number of cells, which is a power of two. */
    private static final int CELL_BITS = cellBits(Runtime.getRuntime().availableProcessors());

    /**
     * The golden ratio's part of 2<sup>32</sup>. The high bits of its multiples lie far from each other for ids that follow each
     * other, as those of a pool's threads do.
     */
    private static final int SCATTER = 0x9E3779B9;

    private static final AtomicReferenceFieldUpdater<Counters, @Nullable AtomicLongArray> STRIPED =
            AtomicReferenceFieldUpdater.newUpdater(Counters.class, AtomicLongArray.class, "cells");

    /** As long as a cell, so that what the JVM puts behind it is on a line of its own. */
    private final AtomicLongArray alone = new AtomicLongArray(STRIDE);

    /** Null until threads have got into each other's way. */
    private volatile @Nullable AtomicLongArray cells;

    /** What is used first on an exhausted heap would be linked there, and fail. */
    public static void initialize() {
        AtomicLongArray cell = new AtomicLongArray(STRIDE);
        cell.lazySet(0, cell.getAndAdd(0, 1));
        cell.compareAndSet(0, cell.get(0), 1);
    }

    /**
     * Any thread. Does not wait, and does not throw.
     *
     * @param sum which, below {@link #LAST_LOOKER}
     * @return what it was before, about, or {@link #NOT_ALONE}
     */
    final long add(int sum, long amount) {
        AtomicLongArray known = cells;
        if (known == null) {
            long now = alone.get(sum);
            if (!alone.compareAndSet(sum, now, now + amount)) {
                met(sum, amount);
            }
            return now;
        }
        known.getAndAdd((1 + ownCell()) * STRIDE + sum, amount);
        return NOT_ALONE;
    }

    /**
     * Adds one; threads that meet here do not part, but those that {@link #look}. Any thread. Does not wait, and does not throw.
     *
     * @return what it was before, or {@link #NOT_ALONE}
     */
    final long count(int sum) {
        AtomicLongArray known = cells;
        if (known == null) {
            return alone.getAndAdd(sum, 1);
        }
        known.getAndAdd((1 + ownCell()) * STRIDE + sum, 1);
        return NOT_ALONE;
    }

    /** Seldom, or once for each meeting where there is one processor, or no memory. */
    private void met(int sum, long amount) {
        alone.getAndAdd(sum, amount);
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
        long last = alone.get(LAST_LOOKER);
        boolean alternates = last != looker && last != 0;
        boolean often = nanoTime - alone.get(LAST_LOOK_NANO_TIME) < oftenNanos;
        alone.lazySet(LAST_LOOKER, looker);
        alone.lazySet(LAST_LOOK_NANO_TIME, nanoTime);
        if (alternates && often) {
            spread();
        }
    }

    /** Threads add on lines of their own from now on. */
    private void spread() {
        if (CELL_BITS > 0 && cells == null) {
            try {
                // The first stands behind one that is left out: there each would look for the
                // array's length.
                AtomicLongArray made = new AtomicLongArray((1 + (1 << CELL_BITS)) * STRIDE);
                STRIPED.compareAndSet(this, null, made);
            } catch (OutOfMemoryError exhausted) {
                // It stays one cell, and is right.
            }
        }
    }

    /** Never falls. Not of one moment: what is added meanwhile may be in it or not. */
    final long sum(int sum) {
        long total = alone.get(sum);
        AtomicLongArray known = cells;
        if (known != null) {
            for (int i = STRIDE + sum; i < known.length(); i += STRIDE) {
                total += known.get(i);
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
