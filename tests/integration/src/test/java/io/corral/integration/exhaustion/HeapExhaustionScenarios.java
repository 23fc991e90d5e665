package io.corral.integration.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.ThreadCounts;

/** Starts while the heap is full. */
final class HeapExhaustionScenarios {

    private static final int STARTS = 25;

    private HeapExhaustionScenarios() {}

    @Scenario(116)
    static void startOnAFullHeapSucceedsOrFailsAndCountsStayExact(ThreadKind kind) {
        Container a = Containers.at("/heap/" + kind);
        long before = threadsInTheRoot();
        // Loads the classes that are needed on a full heap.
        startOnAFullHeap(Containers.at("/heap/warm-up"), new ExhaustedStarts(a, kind, 1));

        ExhaustedStarts starts = new ExhaustedStarts(a, kind, STARTS);
        int failed = startOnAFullHeap(a, starts);
        ThreadCounts counts = ThreadCounts.of(a);
        assertThat(counts).isEqualTo(new ThreadCounts(0, counts.forks(), counts.forks()));
        // A thread whose fork hook had no heap runs all the same, and is counted in the root.
        assertThat(starts.ran()).isEqualTo(STARTS - failed);
        assertThat(starts.ran() - starts.ranElsewhere()).isLessThanOrEqualTo((int) counts.forks());

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
        // A thread that could not be adopted does not stay counted.
        assertThat(threadsInTheRoot()).isEqualTo(before);
    }

    /** The counts of the root, which has the threads that ran elsewhere. */
    private static long threadsInTheRoot() {
        Containers.root().threads();
        return Containers.root().ownUsage().threads()
                + Containers.root().ownUsage().virtualThreads();
    }

    /** @return how many starts have failed */
    private static int startOnAFullHeap(Container container, ExhaustedStarts starts) {
        HeapBallast ballast = new HeapBallast();
        int[] failed = new int[1];
        starts.hold(true);
        container.run(() -> {
            for (int room = 0; starts.hasNext(); room++) {
                ballast.fill();
                ballast.leaveRoom(room);
                try {
                    starts.run();
                } catch (OutOfMemoryError full) {
                    failed[0]++;
                }
            }
            ballast.release();
        });
        starts.hold(false);
        starts.finish();
        return failed[0];
    }
}
