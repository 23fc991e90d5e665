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
class CountersTest {

    private static final int THREADS = 4;
    private static final int EACH = 200_000;
    private static final int MANY = 1_000;

    private static final long OFTEN_NANOS = 1_000;
    private static final AtomicLongFieldUpdater<Sums> ONE = Sums.CPU_NANOS;
    private static final AtomicLongFieldUpdater<Sums> ANOTHER = Sums.PLATFORM_WENT;

    private final Counters counters = new Counters() {};

    @Test
    void eachSumIsWhatOneThreadHasAddedToIt() {
        counters.add(ONE, 40);
        counters.add(ANOTHER, 7);
        counters.add(ONE, 2);
        assertThat(counters.sum(ONE)).isEqualTo(42);
        assertThat(counters.sum(ANOTHER)).isEqualTo(7);
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
    void threadsThatTakeTheLineFromEachOtherPart() throws Exception {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        counters.add(ONE, 5);
        counters.look(1, -7, OFTEN_NANOS);
        counters.look(2, -7 + OFTEN_NANOS - 1, OFTEN_NANOS);
        assertThat(counters.isSpread()).isTrue();
        counters.add(ONE, 6);
        onAnother(() -> counters.add(ONE, 7));
        assertThat(counters.sum(ONE)).isEqualTo(18);
        assertThat(counters.sum(ANOTHER)).isZero();
    }

    /** So many that each cell has some of them, and what is not in a cell is nowhere. */
    @Test
    void whatIsAddedInAnyCellIsInTheSum() throws Exception {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        counters.look(1, -7, OFTEN_NANOS);
        counters.look(2, -6, OFTEN_NANOS);
        assertThat(counters.isSpread()).isTrue();
        List<Long> returned = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < MANY; i++) {
            onAnother(() -> returned.add(counters.add(ONE, 1)));
            onAnother(() -> returned.add(counters.count(ANOTHER)));
        }
        assertThat(returned).hasSize(2 * MANY).containsOnly(Counters.NOT_ALONE);
        assertThat(ONE.get(counters)).isZero();
        assertThat(ANOTHER.get(counters)).isZero();
        assertThat(counters.sum(ONE)).isEqualTo(MANY);
        assertThat(counters.sum(ANOTHER)).isEqualTo(MANY);
    }

    @Test
    void oneThreadDoesNotPartFromItself() {
        for (int i = 0; i < 100; i++) {
            counters.look(1, i, OFTEN_NANOS);
        }
        assertThat(counters.isSpread()).isFalse();
    }

    /** Cells are kilobytes, and there may be thousands of accounts. */
    @Test
    void threadsThatSeldomAlternateStayTogether() {
        for (int i = 0; i < 100; i++) {
            counters.look(1 + i % 2, i * OFTEN_NANOS, OFTEN_NANOS);
        }
        assertThat(counters.isSpread()).isFalse();
    }

    /** Else they take a cache line from each other, though each has a cell of its own. */
    @Test
    void threadsThatWereMadeOneAfterTheOtherHaveCellsOfTheirOwn() {
        for (int bits = 2; bits <= 6; bits++) {
            int threads = 1 << (bits - 1);
            for (long first = 1; first < 1_000; first++) {
                Set<Integer> cells = new HashSet<>();
                for (int i = 0; i < threads; i++) {
                    cells.add(Counters.cellOf(first + i, bits));
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
