package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Limits;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadCountTest {

    private static final int AUDITS = 5;

    /** Five of these are as long as a thread has to be missing. */
    private static final long AUDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(125);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ContainerNode container =
            Trees.MAIN.root().at("thread-count/c" + NUMBER.incrementAndGet());
    private final Membership home = Membership.ROOT.moveTo(container);
    private final ThreadCount count = new ThreadCount();
    private long nanoTime;

    private void limit(long max, Limits.Mode mode) {
        count.limit(new LimitSettings.ThreadsMax(max, mode, "test"));
    }

    private void audit() {
        nanoTime += AUDIT_NANOS;
        count.audit(container, nanoTime);
    }

    @Test
    void refusesAtTheLimitAndAdmitsAfterAnEnd() {
        limit(2, Limits.Mode.ENFORCE);
        assertThat(count.add(false, false)).isEqualTo(ThreadCount.Outcome.ADDED);
        assertThat(count.add(false, false)).isEqualTo(ThreadCount.Outcome.ADDED);
        assertThat(count.add(false, false)).isEqualTo(ThreadCount.Outcome.REFUSED);
        assertThat(count.current()).isEqualTo(2);
        count.remove(false);
        assertThat(count.add(false, false)).isEqualTo(ThreadCount.Outcome.ADDED);
    }

    @Test
    void forcedThreadIsCountedAboveTheLimit() {
        limit(0, Limits.Mode.ENFORCE);
        assertThat(count.add(true, false)).isEqualTo(ThreadCount.Outcome.ADDED);
        assertThat(count.current()).isEqualTo(1);
        assertThat(count.add(false, false)).isEqualTo(ThreadCount.Outcome.REFUSED);
    }

    @Test
    void excessThreadTakesNoPlaceInMonitorMode() {
        limit(1, Limits.Mode.MONITOR);
        assertThat(count.add(false, false)).isEqualTo(ThreadCount.Outcome.ADDED);
        assertThat(count.add(false, false)).isEqualTo(ThreadCount.Outcome.ADDED_AS_EXCESS);
        assertThat(count.current()).isEqualTo(2);
        count.remove(false);
        assertThat(count.add(false, false)).isEqualTo(ThreadCount.Outcome.ADDED);
        count.remove(true);
        assertThat(count.add(false, false)).isEqualTo(ThreadCount.Outcome.ADDED_AS_EXCESS);
        count.remove(false);
        count.remove(true);
        assertThat(count.current()).isZero();
    }

    @Test
    void countsBelowZeroForAMomentAreNoThreads() {
        count.remove(false);
        assertThat(count.current()).isZero();
        limit(1, Limits.Mode.MONITOR);
        count.add(true, true);
        assertThat(count.current()).isZero();
        count.add(false, false);
        assertThat(count.current()).isEqualTo(1);
    }

    @Test
    void calibrationCountsPinnedThreads() {
        limit(3, Limits.Mode.ENFORCE);
        home.pin();
        home.pin();
        count.calibrate(container);
        assertThat(count.current()).isEqualTo(2);
        assertThat(count.peak()).isEqualTo(2);
        home.unpin();
        home.unpin();
    }

    @Test
    void auditSubtractsASurplusAtOnce() {
        limit(3, Limits.Mode.ENFORCE);
        home.pin();
        for (int i = 0; i < 3; i++) {
            count.add(false, false);
        }
        audit();
        assertThat(count.current()).isEqualTo(1);
        home.unpin();
    }

    @Test
    void auditAddsWhatWasMissingInSeveralAudits() {
        limit(3, Limits.Mode.ENFORCE);
        home.pin();
        home.pin();
        for (int i = 0; i < AUDITS - 1; i++) {
            audit();
            assertThat(count.current()).isZero();
        }
        audit();
        assertThat(count.current()).isEqualTo(2);
        home.unpin();
        home.unpin();
    }

    @Test
    void threadThatIsAboutToBeCountedIsNotAdded() {
        limit(3, Limits.Mode.ENFORCE);
        for (int i = 0; i < 3 * AUDITS; i++) {
            home.pin();
            audit();
            count.add(false, false);
            audit();
            assertThat(count.current()).isEqualTo(1);
            count.remove(false);
            home.unpin();
        }
    }

    @Test
    void auditDuringStartsAndEndsChangesNothing() throws InterruptedException {
        limit(Long.MAX_VALUE - 1, Limits.Mode.ENFORCE);
        AtomicInteger running = new AtomicInteger(2);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < 200_000; j++) {
                    home.pin();
                    count.add(false, false);
                    count.remove(false);
                    home.unpin();
                }
                running.decrementAndGet();
            });
            thread.start();
            threads.add(thread);
        }
        while (running.get() > 0) {
            audit();
        }
        for (Thread each : threads) {
            each.join();
        }
        // What several audits have missed by chance is a surplus now.
        audit();
        assertThat(count.current()).isZero();
    }
}
