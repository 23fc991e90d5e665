package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.it.harness.Scenario;
import io.corral.it.harness.ThreadKind;

/** Starts at the very bottom of the parent's stack. */
final class StackExhaustionScenarios {

    private static final int DIVES = 25;

    private StackExhaustionScenarios() {}

    @Scenario(116)
    static void startAtTheBottomOfTheStackGoesWellOrFailsAndCountsStayTrue(ThreadKind kind) {
        starts(Containers.at("/stack/" + kind), kind, 0);
    }

    @Scenario(value = 116, since = 21)
    static void startThatFailsBelowTheHookAtTheBottomOfTheStackIsCountedOut() {
        starts(Containers.at("/stack/scheduler"), ThreadKind.VIRTUAL, 100);
    }

    private static void starts(Container a, ThreadKind kind, int schedulerDepth) {
        // Classes that are needed at the bottom are there by then: else loading them would fail for
        // good.
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
            assertThat(starts.strangers()).isZero();
        }
        assertThat(overflows).isGreaterThan(250);
        assertThat(ran).isGreaterThanOrEqualTo(DIVES * 10);
        Counts counts = Counts.of(a);
        assertThat(counts).isEqualTo(new Counts(0, counts.forks(), counts.forks()));
        assertThat(counts.forks()).isGreaterThanOrEqualTo(ran);

        ExhaustedStarts later = new ExhaustedStarts(a, kind, 10);
        a.run(() -> {
            while (later.hasNext()) {
                later.run();
            }
        });
        later.finish();
        assertThat(later.ran() - later.strangers()).isEqualTo(10);
        assertThat(Counts.of(a)).isEqualTo(new Counts(0, counts.forks() + 10, counts.forks() + 10));
    }
}
