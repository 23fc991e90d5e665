package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.ThreadCounts;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;

/** The container in which a thread is born. */
final class InheritanceScenarios {

    private InheritanceScenarios() {}

    @Scenario(7)
    static void childInheritsTheContainerItsParentHasEntered(ThreadKind kind) throws Exception {
        Container a = Containers.at("/inheritance/born-" + kind);
        AtomicReference<Container> seen = new AtomicReference<>();
        Thread child;
        try (Scope scope = a.enter()) {
            child = kind.start(() -> seen.set(Containers.current()));
        }
        child.join();
        assertThat(seen.get()).isSameAs(a);
        assertThat(a.usage().forks()).isEqualTo(1);
        assertThat(a.usage().exits()).isEqualTo(1);
        assertThat(a.usage().threads() + a.usage().virtualThreads()).isZero();
        assertThat(Containers.of(child)).isSameAs(Containers.root());
    }

    @Scenario(7)
    static void childIsCountedInItsContainerWhileItLives(ThreadKind kind) throws Exception {
        Container a = Containers.at("/inheritance/two-" + kind);
        List<ThreadCounts> counts = new ArrayList<>();
        Thread parent = kind.unstarted(() -> {
            CountDownLatch end = new CountDownLatch(1);
            counts.add(ThreadCounts.of(a));
            Thread child = kind.start(() -> Waits.await(end));
            counts.add(ThreadCounts.of(a));
            assertThat(Containers.of(child)).isSameAs(a);
            end.countDown();
            ThreadKind.join(child);
            counts.add(ThreadCounts.of(a));
        });
        a.start(parent);
        parent.join();
        assertThat(counts)
                .containsExactly(
                        new ThreadCounts(1, 1, 0),
                        new ThreadCounts(2, 2, 0),
                        new ThreadCounts(1, 2, 1));
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 2, 2));
    }

    @Scenario(8)
    static void threadConstructedInTheRootInheritsWhereItIsStarted(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/inheritance/made-in-root-" + kind);
        AtomicReference<Container> seen = new AtomicReference<>();
        Thread child = kind.unstarted(() -> seen.set(Containers.current()));
        assertThat(Containers.of(child)).isSameAs(Containers.root());
        a.run(child::start);
        child.join();
        assertThat(seen.get()).isSameAs(a);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
    }

    @Scenario(9)
    static void threadConstructedInAContainerAndStartedInTheRootIsInTheRoot(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/inheritance/made-in-container-" + kind);
        AtomicReference<Container> seen = new AtomicReference<>();
        Thread child = a.call(() -> kind.unstarted(() -> seen.set(Containers.current())));
        assertThat(Containers.of(child)).isSameAs(Containers.root());
        child.start();
        child.join();
        assertThat(seen.get()).isSameAs(Containers.root());
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 0, 0));
    }

    @Scenario(10)
    static void childInheritsTheContainerItsStarterWasAttachedTo(ThreadKind kind) throws Exception {
        Container a = Containers.at("/inheritance/left-" + kind);
        AtomicReference<Container> seen = new AtomicReference<>();
        Thread starter = kind.unstarted(() -> {
            Thread child = kind.unstarted(() -> seen.set(Containers.current()));
            Containers.root().attach(Thread.currentThread());
            child.start();
            ThreadKind.join(child);
        });
        a.start(starter);
        starter.join();
        assertThat(seen.get()).isSameAs(Containers.root());
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 0));
    }

    @Scenario(11)
    static void childKeepsItsContainerWhenItsParentIsAttachedElsewhere(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/inheritance/from-" + kind);
        Container b = Containers.at("/inheritance/to-" + kind);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch moved = new CountDownLatch(1);
        SynchronousQueue<Thread> children = new SynchronousQueue<>();
        Thread parent = kind.unstarted(() -> {
            put(children, kind.start(() -> Waits.await(end)));
            Waits.await(moved);
            put(children, kind.start(() -> Waits.await(end)));
        });
        a.start(parent);
        Thread first = children.take();
        assertThat(Containers.of(first)).isSameAs(a);

        b.attach(parent);
        assertThat(Containers.of(first)).isSameAs(a);
        moved.countDown();
        Thread second = children.take();
        assertThat(Containers.of(first)).isSameAs(a);
        assertThat(Containers.of(second)).isSameAs(b);

        end.countDown();
        for (Thread thread : List.of(parent, first, second)) {
            thread.join();
        }
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 2, 1));
        assertThat(ThreadCounts.of(b)).isEqualTo(new ThreadCounts(0, 1, 2));
    }

    @Scenario(value = 12, since = 21)
    static void carrierOfAVirtualParentKeepsItsContainer() throws Exception {
        Container a = Containers.at("/inheritance/mounted");
        Container carriers = Containers.at("/jvm/carriers");
        AtomicReference<Container> childSeen = new AtomicReference<>();
        AtomicReference<Thread> carrier = new AtomicReference<>();
        CountDownLatch mounted = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        Thread parent = ThreadKind.VIRTUAL.unstarted(() -> {
            Thread child = ThreadKind.VIRTUAL.start(() -> childSeen.set(Containers.current()));
            carrier.set(carrier());
            mounted.countDown();
            while (looked.getCount() > 0) {
                // Stays mounted, so that no other thread gets the carrier.
                Thread.onSpinWait();
            }
            ThreadKind.join(child);
        });
        a.start(parent);
        mounted.await();
        assertThat(Containers.of(carrier.get())).isSameAs(carriers);
        assertThat(carriers.threads()).contains(carrier.get());
        assertThat(a.threads()).isEmpty();
        assertThat(Containers.of(parent)).isSameAs(a);
        looked.countDown();
        parent.join();
        assertThat(childSeen.get()).isSameAs(a);
        assertThat(Containers.of(carrier.get())).isSameAs(carriers);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 2, 2));
    }

    /**
     * The carrier of the calling virtual thread, whose {@code toString} ends with the carrier's
     * name.
     */
    private static Thread carrier() {
        String text = Thread.currentThread().toString();
        String name = text.substring(text.indexOf('@') + 1);
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(text));
    }

    private static void put(SynchronousQueue<Thread> queue, Thread thread) {
        try {
            queue.put(thread);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
