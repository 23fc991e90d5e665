package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StripedCountersTest {

    private static final int THREADS = 4;
    private static final int EACH = 200_000;
    private static final int MANY = 1_000;

    private static final AtomicLongFieldUpdater<CounterCell> ONE = CounterCell.CPU_NANOS;
    private static final AtomicLongFieldUpdater<CounterCell> ANOTHER = CounterCell.UNPINS;

    private final StripedCounters counters = new StripedCounters() {};

    @Test
    void sumsAreIndependent() {
        counters.add(ONE, 40);
        counters.add(ANOTHER, 7);
        counters.add(ONE, 2);
        assertThat(counters.sum(ONE)).isEqualTo(42);
        assertThat(counters.sum(ANOTHER)).isEqualTo(7);
    }

    @Test
    void concurrentAdditionsAreNotLostAndNoSumFalls() throws Exception {
        CyclicBarrier begin = new CyclicBarrier(THREADS);
        List<Thread> adders = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            adders.add(new Thread(() -> addMany(begin), "adder-" + i));
        }
        adders.forEach(Thread::start);
        // Cells are created while the threads add.
        counters.checkContention(1, -1);
        counters.checkContention(2, -1);
        long before = 0;
        while (adders.stream().anyMatch(Thread::isAlive)) {
            long now = counters.sum(ONE);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        for (Thread adder : adders) {
            adder.join();
        }
        assertThat(counters.sum(ONE)).isEqualTo((long) THREADS * EACH * 3);
        assertThat(counters.sum(ANOTHER)).isEqualTo((long) THREADS * EACH);
    }

    @Test
    void twoChecksWithinTheIntervalCreateCells() throws Exception {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        counters.add(ONE, 5);
        counters.checkContention(1, -7);
        counters.checkContention(2, -7 + StripedCounters.CONTENDED_NANOS - 1);
        assertThat(counters.isStriped()).isTrue();
        counters.add(ONE, 6);
        onAnother(() -> counters.add(ONE, 7));
        assertThat(counters.sum(ONE)).isEqualTo(18);
        assertThat(counters.sum(ANOTHER)).isZero();
    }

    /** With so many threads, each cell gets additions. */
    @Test
    void sumContainsTheAdditionsOfEachCell() throws Exception {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        counters.checkContention(1, -7);
        counters.checkContention(2, -6);
        assertThat(counters.isStriped()).isTrue();
        List<Long> returned = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < MANY; i++) {
            onAnother(() -> returned.add(counters.add(ONE, 1)));
            onAnother(() -> returned.add(counters.add(ANOTHER, 1)));
        }
        assertThat(returned).hasSize(2 * MANY).containsOnly(StripedCounters.STRIPED);
        assertThat(ONE.get(counters)).isZero();
        assertThat(ANOTHER.get(counters)).isZero();
        assertThat(counters.sum(ONE)).isEqualTo(MANY);
        assertThat(counters.sum(ANOTHER)).isEqualTo(MANY);
    }

    @Test
    void secondCheckOfTheSameThreadCreatesNoCells() {
        for (int i = 0; i < 100; i++) {
            counters.checkContention(1, i);
        }
        assertThat(counters.isStriped()).isFalse();
    }

    /** Cells take kilobytes, and there can be thousands of accounts. */
    @Test
    void twoChecksFarApartCreateNoCells() {
        for (int i = 0; i < 100; i++) {
            counters.checkContention(1 + i % 2, i * StripedCounters.CONTENDED_NANOS);
        }
        assertThat(counters.isStriped()).isFalse();
    }

    /** Otherwise they contend for a cell while others are free. */
    @Test
    void threadsWithConsecutiveIdsUseDifferentCells() {
        for (int bits = 2; bits <= 6; bits++) {
            int threads = 1 << (bits - 1);
            for (long first = 1; first < 1_000; first++) {
                Set<Integer> cells = new HashSet<>();
                for (int i = 0; i < threads; i++) {
                    cells.add(StripedCounters.cellOf(first + i, bits));
                }
                assertThat(cells)
                        .hasSize(threads)
                        .allMatch(cell -> cell >= 0 && cell < 2 * threads);
            }
        }
    }

    private static void onAnother(Runnable action) throws InterruptedException {
        Thread other = new Thread(action);
        other.start();
        other.join();
    }

    private void addMany(CyclicBarrier begin) {
        try {
            begin.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
        for (int i = 0; i < EACH; i++) {
            counters.add(ONE, 3);
            counters.add(ANOTHER, 1);
        }
    }
}
