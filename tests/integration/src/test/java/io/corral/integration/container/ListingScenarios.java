package io.corral.integration.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.ThreadCounts;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** The first listing of a container's members while threads are forked there continuously. */
final class ListingScenarios {

    private static final int ROUNDS = 20;
    private static final int FORKERS = 2;

    private ListingScenarios() {}

    /** Each round has a new container, in a JVM where nothing was listed before. */
    @Scenario(30)
    static void firstListingDuringForksHasEachThreadOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Container container = Containers.at("/listing/" + round);
            ContinuousForks storm = new ContinuousForks(container);
            storm.blow(20);

            Set<Thread> stayed = Set.copyOf(storm.stayers);
            Set<Thread> gone = Set.copyOf(storm.gone);
            List<Thread> listed = container.threads();
            Set<Thread> begun = Set.copyOf(storm.begun);

            assertThat(listed).doesNotHaveDuplicates();
            assertThat(listed).containsAll(stayed);
            assertThat(begun).containsAll(listed);
            assertThat(listed).doesNotContainAnyElementsOf(gone);
            storm.abate();
            assertThat(container.threads()).containsExactlyInAnyOrderElementsOf(storm.stayers);
            storm.end();
            assertThat(container.threads()).isEmpty();
            int all = storm.begun.size();
            assertThat(ThreadCounts.of(container)).isEqualTo(new ThreadCounts(0, all, all));
        }
    }

    /** Threads that alternately start a thread that stays and one that ends at once. */
    private static final class ContinuousForks {

        private final Container container;
        private final CountDownLatch enough = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private final List<Thread> forkers = new ArrayList<>();

        /** Threads are added before their start, after their start, and after their end. */
        private final Set<Thread> begun = ConcurrentHashMap.newKeySet();

        private final Set<Thread> stayers = ConcurrentHashMap.newKeySet();
        private final Set<Thread> gone = ConcurrentHashMap.newKeySet();

        ContinuousForks(Container container) {
            this.container = container;
        }

        /** Starts the forkers, and waits until they have started so many threads that stay. */
        void blow(int threads) {
            CountDownLatch there = new CountDownLatch(threads);
            for (int i = 0; i < FORKERS; i++) {
                Thread forker = new Thread(() -> fork(there));
                forker.start();
                forkers.add(forker);
            }
            Waits.await(there);
        }

        private void fork(CountDownLatch there) {
            while (enough.getCount() > 0) {
                Thread brief = new Thread(() -> {});
                Thread stayer = new Thread(() -> Waits.await(end));
                begun.add(stayer);
                container.start(stayer);
                stayers.add(stayer);
                there.countDown();
                begun.add(brief);
                container.start(brief);
                ThreadKind.join(brief);
                gone.add(brief);
            }
        }

        void abate() {
            enough.countDown();
            forkers.forEach(ThreadKind::join);
        }

        void end() {
            end.countDown();
            stayers.forEach(ThreadKind::join);
        }
    }
}
