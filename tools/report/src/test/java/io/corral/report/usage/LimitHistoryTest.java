package io.corral.report.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LimitHistoryTest {

    private static final long START = TimeUnit.SECONDS.toNanos(1_000);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LimitHistory history = new LimitHistory();

    private void add(long seconds, long shed) {
        history.add(
                START + seconds * SECOND,
                new LimitHistory.Counts(
                        "requests.max " + shed, shed, 0, 2 * shed, 0, 7 * shed, shed, 0, 0, 0));
    }

    @Test
    void countsBeforeTheRecordingAreSubtracted() {
        add(5, 40);
        add(1, 30);
        add(3, 35);
        LimitHistory.Counts counts = history.counts(START);
        assertThat(counts.shed()).isEqualTo(10);
        assertThat(counts.admitted()).isEqualTo(20);
        assertThat(counts.waitedNanos()).isEqualTo(70);
        assertThat(counts.peakRequests()).isEqualTo(40);
    }

    @Test
    void limitsAreThoseOfTheWholeRecordingInTurn() {
        add(5, 40);
        add(1, 30);
        add(2, 30);
        add(4, 40);
        assertThat(history.counts(START).limits())
                .isEqualTo("requests.max 30, then requests.max 40");
    }

    @Test
    void limitWhoseFirstEventIsLateHadCountedNothing() {
        add(10, 3);
        add(11, 4);
        assertThat(history.counts(START).shed()).isEqualTo(4);
    }

    @Test
    void limitThatIsSetInTheRecordingHadCountedNothing() {
        history.set(START + SECOND / 2);
        add(1, 3);
        add(2, 4);
        assertThat(history.counts(START).shed()).isEqualTo(4);
    }
}
