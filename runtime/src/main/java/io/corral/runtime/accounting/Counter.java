package io.corral.runtime.accounting;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A sum that only grows and that many threads add to: one number until some of them have met at it, then
 * some cells for each processor, so that its cache line does not go to and fro among them. Unlike a {@code
 * LongAdder} it loses nothing when there is no memory for the cells.
 */
public final class Counter {

    /** Longs between two cells: processors fetch cache lines in pairs, of 64 bytes each. */
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

    /** Of the number of cells, which is a power of two. */
    private static final int CELL_BITS = cellBits(Runtime.getRuntime().availableProcessors());

    /**
     * The golden ratio's part of 2<sup>32</sup>. The high bits of its multiples lie far from each other for ids that follow each
     * other, as those of a pool's threads do.
     */
    private static final int SCATTER = 0x9E3779B9;

    private static final AtomicLongFieldUpdater<Counter> ALONE =
            AtomicLongFieldUpdater.newUpdater(Counter.class, "alone");

    private static final AtomicReferenceFieldUpdater<Counter, @Nullable AtomicLongArray> STRIPED =
            AtomicReferenceFieldUpdater.newUpdater(Counter.class, AtomicLongArray.class, "cells");

    private volatile long alone;

    /** Null until threads have met. */
    private volatile @Nullable AtomicLongArray cells;

    /** Any thread. Does not wait, and does not throw. */
    public void add(long amount) {
        AtomicLongArray known = cells;
        if (known == null) {
            long now = alone;
            if (!ALONE.compareAndSet(this, now, now + amount)) {
                met(amount);
            }
        } else {
            known.getAndAdd(cell(), amount);
        }
    }

    public void increment() {
        add(1);
    }

    /** Seldom for each counter, or once for each meeting where there is one processor, or no memory. */
    private void met(long amount) {
        ALONE.getAndAdd(this, amount);
        if (CELL_BITS > 0 && (System.nanoTime() >>> CHANCE_SHIFT) % MEETINGS == 0) {
            try {
                STRIPED.compareAndSet(
                        this, null, new AtomicLongArray((1 + (1 << CELL_BITS)) * STRIDE));
            } catch (OutOfMemoryError exhausted) {
                // It stays one number, and is right.
            }
        }
    }

    /** Never falls. Not of one moment: what is added meanwhile may be in it or not. */
    public long sum() {
        long sum = alone;
        AtomicLongArray known = cells;
        if (known != null) {
            for (int i = STRIDE; i < known.length(); i += STRIDE) {
                sum += known.get(i);
            }
        }
        return sum;
    }

    private static int cellBits(int processors) {
        if (processors == 1) {
            return 0;
        }
        int cells = Integer.highestOneBit(processors) * CELLS_FOR_EACH;
        return Integer.numberOfTrailingZeros(Math.min(Math.max(cells, FEWEST_CELLS), MOST_CELLS));
    }

    /** The first stands behind one that is left out: there each would look for the array's length. */
    private static int cell() {
        ThreadAccess threads = Jdk.THREADS;
        return (1 + cellOf(threads == null ? 0 : threads.id(Thread.currentThread()), CELL_BITS))
                * STRIDE;
    }

    /** @param bits at least 1 */
    static int cellOf(long threadId, int bits) {
        return ((int) threadId * SCATTER) >>> (Integer.SIZE - bits);
    }
}
