package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.ThreadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The counts of containers always match the live threads. */
final class ChurnScenarios {

    private static final int THREADS = 1000;

    private ChurnScenarios() {}

    @Scenario(5)
    static void countsEqualLiveThreadsWhileAThousandStartMoveAndEnd(ThreadKind kind)
            throws Exception {
        Churn churn = new Churn(kind, THREADS);
        churn.start();
        do {
            for (Container top : churn.tops) {
                sample(churn, top);
                assertThat(top.at("c0").threads()).doesNotHaveDuplicates();
            }
        } while (!churn.isSettled());

        churn.tops.forEach(top -> isExact(churn, top, kind));
        churn.end();
        for (Container top : churn.tops) {
            assertThat(members(top)).isZero();
            assertThat(top.isPopulated()).isFalse();
            assertThat(top.usage().forks()).isEqualTo(THREADS);
            assertThat(top.usage().exits()).isEqualTo(THREADS);
        }
    }

    /**
     * Counts are summed while they change: a thread that starts, ends or moves meanwhile may be
     * counted twice or not at all; every other thread is counted once.
     */
    private static void sample(Churn churn, Container top) {
        int running = churn.running.get();
        int ended = churn.ended.get();
        int moved = churn.moved.get();
        long members = members(top);
        int ending = churn.ending.get();
        int starting = churn.starting.get();
        int moves = churn.moving.get() - moved;
        assertThat(members)
                .isBetween((long) running - ending - moves, (long) starting - ended + moves);
    }

    /** The sum of what each container holds itself, from one reading. */
    private static long members(Container top) {
        Map<Container, Usage> usages = top.hierarchy().usages();
        long sum = 0;
        for (Map.Entry<Container, Usage> entry : usages.entrySet()) {
            if (entry.getKey().parent() == top) {
                sum += members(entry.getValue());
            }
        }
        assertThat(members(usages.get(top))).isEqualTo(sum);
        return sum;
    }

    private static long members(Usage usage) {
        return usage.threads() + usage.virtualThreads();
    }

    /** Checked while no thread starts, moves or ends. */
    private static void isExact(Churn churn, Container top, ThreadKind kind) {
        assertThat(churn.lasting).hasSize(THREADS / 2);
        assertThat(members(top)).isEqualTo(THREADS / 2);
        assertThat(members(top.usage())).isEqualTo(THREADS / 2);
        List<Thread> listed = new ArrayList<>();
        for (Container child : top.children()) {
            List<Thread> here = new ArrayList<>(churn.lasting);
            here.removeIf(thread -> top.hierarchy().of(thread) != child);
            assertThat(ThreadCounts.of(child).members()).isEqualTo(here.size());
            if (kind == ThreadKind.PLATFORM) {
                assertThat(child.threads()).containsExactlyInAnyOrderElementsOf(here);
            }
            listed.addAll(here);
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(churn.lasting);
    }
}
