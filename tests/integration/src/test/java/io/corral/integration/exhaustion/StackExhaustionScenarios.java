package io.corral.integration.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.ThreadCounts;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Starts at the very bottom of the parent's stack. */
final class StackExhaustionScenarios {

    private static final int DIVES = FullRun.isOn() ? 25 : 12;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int MEETINGS = 100_000;
    private static final long BURN_NANOS = 300_000;

    private StackExhaustionScenarios() {}

    @Scenario(116)
    static void startAtTheBottomOfTheStackKeepsCountsExact(ThreadKind kind) {
        starts(Containers.at("/stack/" + kind), kind, 0);
    }

    @Scenario(value = 116, since = 21)
    static void startThatFailsBelowTheHookLeavesNoCount() {
        starts(Containers.at("/stack/scheduler"), ThreadKind.VIRTUAL, 100);
    }

    private static void starts(Container a, ThreadKind kind, int schedulerDepth) {
        // Loads the classes that are needed at the bottom of the stack, where loading would fail
        // for good.
        ExhaustedStarts warmUp = new ExhaustedStarts(Containers.at("/stack/warm-up"), kind, 10);
        for (int i = 0; i < 10; i++) {
            warmUp.run();
        }
        warmUp.finish();

        int overflows = 0;
        int ran = 0;
        for (int dive = 0; dive < DIVES; dive++) {
            ExhaustedStarts starts = new ExhaustedStarts(a, kind, 1000);
            starts.schedulerDepth(schedulerDepth);
            overflows += StackBottom.reach(a, dive, starts);
            starts.finish();
            ran += starts.ran();
            assertThat(starts.ranElsewhere()).isZero();
        }
        assertThat(overflows).isGreaterThan(250);
        assertThat(ran).isGreaterThanOrEqualTo(DIVES * 10);
        ThreadCounts counts = ThreadCounts.of(a);
        assertThat(counts).isEqualTo(new ThreadCounts(0, counts.forks(), counts.forks()));
        assertThat(counts.forks()).isGreaterThanOrEqualTo(ran);

        ExhaustedStarts later = new ExhaustedStarts(a, kind, 10);
        a.run(() -> {
            while (later.hasNext()) {
                later.run();
            }
        });
        later.finish();
        assertThat(later.ran() - later.ranElsewhere()).isEqualTo(10);
        assertThat(ThreadCounts.of(a))
                .isEqualTo(new ThreadCounts(0, counts.forks() + 10, counts.forks() + 10));
    }

    /** The stack may suffice for a switch, but not for its charge. */
    @Scenario
    static void enterAtTheBottomOfTheStackLosesNoCharge() {
        Container all = Containers.at("/stack/charged");
        Container works = all.at("works");
        Container entered = all.at("entered");
        meetIn(works, entered);
        long[] used = new long[1];
        int[] elsewhere = new int[1];
        Runnable action = () -> {
            // Closes a scope that the exhausted stack left open.
            if (Containers.current() != works && Containers.current() != all) {
                elsewhere[0]++;
            }
            long end = System.nanoTime() + BURN_NANOS;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            used[0] = CLOCK.getCurrentThreadCpuTime();
            entered.enter().close();
        };
        entered.run(action);
        elsewhere[0] = 0;
        int overflows = 0;
        for (int dive = 0; dive < DIVES; dive++) {
            long before = all.usage().cpuNanos();
            used[0] = 0;
            int offset = dive;
            int[] overflown = new int[1];
            // This thread itself uses almost nothing there.
            all.run(() -> overflown[0] = StackBottom.reach(works, offset, action));
            overflows += overflown[0];
            assertThat(all.usage().cpuNanos() - before).isGreaterThanOrEqualTo(used[0]);
        }
        assertThat(overflows).isGreaterThan(DIVES);
        assertThat(elsewhere[0]).isZero();
    }

    /** Counters that threads contend for need more stack. */
    private static void meetIn(Container works, Container entered) {
        Runnable both = () -> {
            for (int i = 0; i < MEETINGS; i++) {
                entered.enter().close();
            }
        };
        Thread one = new Thread(both);
        Thread other = new Thread(both);
        works.start(one);
        works.start(other);
        ThreadKind.join(one);
        ThreadKind.join(other);
    }
}
