package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MovePhaserTest {

    private final MovePhaser moves = new MovePhaser();
    private final AccountTotals left = new AccountTotals();
    private final AccountTotals home = new AccountTotals();

    MovePhaserTest() {
        left.prepareMove();
        home.prepareMove();
    }

    @Test
    void phaseContainsEarlierMovesAndNoLaterOnes() {
        move(false);
        long phase = moves.beginPhase();
        move(false);
        move(true);
        assertThat(left.platformArrivals(phase)).isEqualTo(-1);
        assertThat(home.platformArrivals(phase)).isEqualTo(1);
        assertThat(left.virtualArrivals(phase)).isZero();
        assertThat(home.virtualArrivals(phase)).isZero();
        long later = moves.beginPhase();
        assertThat(home.platformArrivals(later)).isEqualTo(2);
        assertThat(home.virtualArrivals(later)).isEqualTo(1);
    }

    @Test
    void accountWithoutMovesInAPhaseKeepsItsCount() {
        move(true);
        moves.beginPhase();
        long phase = moves.beginPhase();
        assertThat(home.virtualArrivals(phase)).isEqualTo(1);
        assertThat(home.virtualArrivals(AccountTotals.LATEST_PHASE)).isEqualTo(1);
    }

    @Test
    void readerWaitsForAMoveThatHasBegun() throws InterruptedException {
        long moving = moves.beginMove();
        left.countMove(moving, true, -1);
        CountDownLatch reads = new CountDownLatch(1);
        long[] read = new long[2];
        Thread reader = new Thread(() -> {
            reads.countDown();
            long phase = moves.beginPhase();
            read[0] = left.virtualArrivals(phase);
            read[1] = home.virtualArrivals(phase);
        });
        reader.start();
        reads.await();
        home.countMove(moving, true, 1);
        moves.endMove();
        reader.join();
        assertThat(read).containsExactly(-1, 1);
    }

    @Test
    void readerDoesNotWaitForAMoveOfItsOwnPhase() {
        long phase = moves.beginPhase();
        long moving = moves.beginMove();
        left.countMove(moving, true, -1);
        assertThat(left.virtualArrivals(phase)).isZero();
        moves.endMove();
    }

    private void move(boolean isVirtual) {
        long phase = moves.beginMove();
        left.countMove(phase, isVirtual, -1);
        home.countMove(phase, isVirtual, 1);
        moves.endMove();
    }
}
