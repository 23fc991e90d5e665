package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccountTotalsTest {

    private final AccountTotals totals = new AccountTotals();

    @Test
    void countersAreIndependent() {
        chargeAndCount(totals);
        assertThat(totals.cpuNanos()).isEqualTo(1);
        assertThat(totals.apportionedCpuNanos()).isEqualTo(2);
        assertThat(totals.allocatedBytes()).isEqualTo(4);
        assertThat(totals.queuedNanos()).isEqualTo(5);
        assertThat(totals.waits()).isEqualTo(1);
        assertThat(totals.forks()).isEqualTo(3);
        assertThat(totals.exits()).isEqualTo(1);
        assertThat(totals.virtualForks()).isEqualTo(2);
        assertThat(totals.platformForks()).isEqualTo(1);
        assertThat(totals.virtualExits()).isZero();
        assertThat(totals.platformExits()).isEqualTo(1);
        assertThat(totals.virtualArrivals(AccountTotals.LATEST_PHASE)).isEqualTo(-1);
        assertThat(totals.platformArrivals(AccountTotals.LATEST_PHASE)).isEqualTo(1);
        assertThat(totals.pins()).isEqualTo(3);
        assertThat(totals.pinsUnlessPinned()).isEqualTo(AccountTotals.PINNED);
    }

    private static void chargeAndCount(AccountTotals totals) {
        totals.charge(CounterCell.CPU_NANOS, 1);
        totals.charge(CounterCell.APPORTIONED_CPU_NANOS, 2);
        totals.charge(CounterCell.ALLOCATED_BYTES, 4);
        totals.chargeWait(5);
        for (int i = 0; i < 3; i++) {
            totals.countFork(i > 0);
            totals.pin();
        }
        totals.countExit(false);
        totals.unpin();
        totals.countAdoption(false, 1);
        totals.prepareMove();
        totals.countMove(MovePhaser.MOVES.beginMove(), true, -1);
        MovePhaser.MOVES.endMove();
    }

    /** One thread starts virtual threads, and they end on another, a carrier. */
    @Test
    void cellsAreCreatedIfOneThreadForksManyAndAnotherEndsThem() throws InterruptedException {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        // More than once, as on a busy machine there can be milliseconds between two looks.
        int times = 0;
        while (!totals.isStriped()) {
            forkAndExitAThousandThreads();
            times++;
        }
        assertThat(totals.forks()).isEqualTo(times * 1_024L);
        assertThat(totals.exits()).isEqualTo(times * 1_024L);
    }

    private void forkAndExitAThousandThreads() throws InterruptedException {
        Thread ender = new Thread(() -> {
            for (int i = 0; i < 1_024; i++) {
                totals.countExit(true);
            }
        });
        for (int i = 0; i < 1_024; i++) {
            totals.countFork(true);
        }
        ender.start();
        ender.join();
    }

    /** No compare-and-set fails, as the threads never charge at the same time. */
    @Test
    void cellsAreCreatedIfThreadsChargeAlternately() throws Exception {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        SynchronousQueue<Long> turns = new SynchronousQueue<>();
        AtomicLong charges = new AtomicLong();
        Thread other = new Thread(() -> {
            try {
                for (long nanos = turns.take(); nanos > 0; nanos = turns.take()) {
                    charge(charges, nanos);
                    turns.put(nanos);
                }
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        });
        other.start();
        while (!totals.isStriped()) {
            charge(charges, 331);
            turns.put(331L);
            turns.take();
        }
        turns.put(0L);
        other.join();
        assertThat(totals.cpuNanos()).isEqualTo(charges.get() * 331);
    }

    private void charge(AtomicLong charges, long nanos) {
        for (int i = 0; i < 2_000; i++) {
            totals.charge(CounterCell.CPU_NANOS, nanos);
        }
        charges.addAndGet(2_000);
    }

    @Test
    void noCellsAreCreatedForFewThreads() throws InterruptedException {
        for (int i = 0; i < 700; i++) {
            totals.countFork(true);
            Thread ender = new Thread(() -> totals.countExit(true));
            ender.start();
            ender.join();
        }
        assertThat(totals.isStriped()).isFalse();
    }
}
