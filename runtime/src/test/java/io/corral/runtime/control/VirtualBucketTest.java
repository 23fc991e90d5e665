package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Times are in nanoseconds from an arbitrary moment. */
class VirtualBucketTest {

    private static final long INTERVAL = 10;
    private static final long BURST = 100;

    private final VirtualBucket bucket = new VirtualBucket();

    @Test
    void bucketWithoutARateTakesAll() {
        assertThat(bucket.isOpen()).isTrue();
        assertThat(bucket.tryTake(1_000, 0)).isZero();
        assertThat(bucket.tryTake(1_000, 0)).isZero();
        assertThat(bucket.waitNanos(1_000)).isZero();
        assertThat(bucket.taken()).isEqualTo(2);
    }

    @Test
    void requestsBeyondTheRateAreNotTaken() {
        bucket.rate(1_000, INTERVAL, 0, false);
        int taken = 0;
        for (int now = 1_000; now < 2_000; now += 4) {
            taken += bucket.tryTake(now, 0) == 0 ? 1 : 0;
        }

        // The first of three.
        assertThat(taken).isEqualTo(84);
    }

    @Test
    void requestsThatMayWaitAreTakenAtTheRate() {
        bucket.rate(1_000, INTERVAL, 0, false);
        int taken = 0;
        int waited = 0;
        for (int now = 1_000; now < 2_000; now += 4) {
            long wait = bucket.tryTake(now, 50);
            taken += wait <= 50 ? 1 : 0;
            waited += wait > 0 ? 1 : 0;
        }

        assertThat(taken).isBetween(104, 106);
        assertThat(waited).isEqualTo(249);
    }

    @Test
    void unusedTimeServesABurst() {
        bucket.rate(1_000, INTERVAL, BURST, false);
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            taken += bucket.tryTake(9_000, 0) == 0 ? 1 : 0;
        }

        assertThat(taken).isEqualTo(11);
        assertThat(bucket.waitNanos(9_000)).isEqualTo(10);
    }

    @Test
    void waitingRequestsKeepTheirNumberWhenTheRateChanges() {
        bucket.rate(1_000, INTERVAL, 0, false);
        for (int i = 0; i < 5; i++) {
            bucket.tryTake(1_000, 1_000);
        }
        bucket.rate(1_000, 2 * INTERVAL, 0, false);

        assertThat(bucket.waitNanos(1_000)).isEqualTo(5 * 2 * INTERVAL);
    }

    @Test
    void requestsThatWereTakenAtAGuessAreChargedAtTheRateThatIsFound() {
        bucket.rate(1_000, 1, 0, true);
        for (int i = 0; i < 5; i++) {
            bucket.tryTake(1_000, 1_000);
        }
        bucket.rate(1_000, INTERVAL, 0, false);

        assertThat(bucket.waitNanos(1_000)).isEqualTo(5 * INTERVAL);
    }

    @Test
    void requestThatIsGivenBackMakesRoom() {
        bucket.rate(1_000, INTERVAL, 0, false);
        bucket.tryTake(1_000, 0);
        bucket.giveBack();

        assertThat(bucket.tryTake(1_000, 0)).isZero();
        assertThat(bucket.taken()).isOne();
    }
}
