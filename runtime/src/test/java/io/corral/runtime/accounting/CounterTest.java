package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class CounterTest {

    private static final int THREADS = 4;
    private static final int EACH = 200_000;

    private final Counter counter = new Counter();

    @Test
    void sumIsWhatOneThreadHasAdded() {
        counter.add(40);
        counter.increment();
        counter.increment();
        assertThat(counter.sum()).isEqualTo(42);
    }

    @Test
    void nothingIsLostAndNoSumFallsThoughManyAddAtOnce() throws Exception {
        CyclicBarrier begin = new CyclicBarrier(THREADS);
        List<Thread> adders = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            adders.add(new Thread(() -> addMany(begin), "adder-" + i));
        }
        adders.forEach(Thread::start);
        long before = 0;
        while (before < (long) THREADS * EACH * 3) {
            long now = counter.sum();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        for (Thread adder : adders) {
            adder.join();
        }
        assertThat(counter.sum()).isEqualTo((long) THREADS * EACH * 3);
    }

    /** Else they take a cache line from each other, though each has a cell of its own. */
    @Test
    void threadsThatWereMadeOneAfterTheOtherHaveCellsOfTheirOwn() {
        for (int bits = 2; bits <= 6; bits++) {
            int threads = 1 << (bits - 1);
            for (long first = 1; first < 1_000; first++) {
                Set<Integer> cells = new HashSet<>();
                for (int i = 0; i < threads; i++) {
                    cells.add(Counter.cellOf(first + i, bits));
                }
                assertThat(cells)
                        .hasSize(threads)
                        .allMatch(cell -> cell >= 0 && cell < 2 * threads);
            }
        }
    }

    private void addMany(CyclicBarrier begin) {
        try {
            begin.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
        for (int i = 0; i < EACH; i++) {
            counter.add(3);
        }
    }
}
