package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.ThreadCounts;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Each hierarchy has one root, and each thread has one place. */
final class RootScenarios {

    private RootScenarios() {}

    @Scenario(1)
    static void mainThreadIsInTheRoot() {
        assertThat(Containers.isActive()).isTrue();
        assertThat(Containers.current()).isSameAs(Containers.root());
        assertThat(Containers.of(Thread.currentThread())).isSameAs(Containers.root());
        assertThat(Containers.root().threads()).contains(Thread.currentThread());
        assertThat(Containers.hierarchy("identity").current().path()).isEqualTo("/");
    }

    @Scenario(2)
    static void rootListsThreadsThatAreInNoOtherContainer() throws Exception {
        Container a = Containers.at("/identity/three");
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> three = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread thread = ThreadKind.PLATFORM.unstarted(() -> Waits.await(end));
            a.start(thread);
            three.add(thread);
        }
        Thread other = ThreadKind.PLATFORM.start(() -> Waits.await(end));

        List<Thread> rest = threadsOf(Thread.currentThread().getThreadGroup());
        assertThat(rest).contains(Thread.currentThread(), other).containsAll(three);
        rest.removeAll(three);
        assertThat(Containers.root().threads())
                .containsAll(rest)
                .doesNotContainAnyElementsOf(three);
        assertThat(a.threads()).containsExactlyInAnyOrderElementsOf(three);

        end.countDown();
        other.join();
        for (Thread thread : three) {
            thread.join();
        }
        assertThat(Containers.root().threads()).doesNotContain(other);
        assertThat(a.threads()).isEmpty();
    }

    @Scenario({2, 5})
    static void eachThreadThatTheJvmListsIsInOneContainer() {
        List<Thread> listed = new ArrayList<>();
        for (Container container : Containers.root().hierarchy().usages().keySet()) {
            listed.addAll(container.threads());
        }
        assertThat(listed).doesNotHaveDuplicates();
        assertThat(listed).containsAll(Thread.getAllStackTraces().keySet());
    }

    @Scenario(4)
    static void removalOfTheRootIsRefused() {
        for (Hierarchy hierarchy :
                List.of(Containers.root().hierarchy(), Containers.hierarchy("identity"))) {
            Container root = hierarchy.root();
            Container child = hierarchy.at("/identity-of-" + hierarchy.name());
            assertThatThrownBy(root::remove)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(hierarchy.name());
            assertThat(root.isRemoved()).isFalse();
            assertThat(root.children()).contains(child);
            assertThat(hierarchy.root()).isSameAs(root);
            assertThat(hierarchy.of(Thread.currentThread())).isSameAs(root);
            assertThat(hierarchy.at("/identity-of-" + hierarchy.name())).isSameAs(child);
        }
    }

    @Scenario(6)
    static void scopeInTheRootEndsInThePreviousContainer(ThreadKind kind) throws Exception {
        Container a = Containers.at("/identity/block");
        List<Container> seen = new ArrayList<>();
        Thread thread = kind.unstarted(() -> {
            seen.add(Containers.current());
            try (Scope scope = Containers.root().enter()) {
                seen.add(Containers.current());
            }
            seen.add(Containers.current());
        });
        a.start(thread);
        thread.join();
        assertThat(seen).containsExactly(a, Containers.root(), a);
    }

    @Scenario(32)
    static void containerOfEndedThreadsThatAreStillReferencedIsRemoved(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/identity/ended-" + kind);
        List<Thread> ended = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Thread thread = kind.unstarted(() -> {});
            a.start(thread);
            ended.add(thread);
        }
        for (Thread thread : ended) {
            thread.join();
        }
        a.remove();
        assertThat(a.isRemoved()).isTrue();
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 10, 10));
        for (Thread thread : ended) {
            assertThat(thread.getState()).isEqualTo(Thread.State.TERMINATED);
            assertThat(Containers.of(thread)).isSameAs(Containers.root());
        }
    }

    /** Threads as the JVM counts them. */
    private static List<Thread> threadsOf(ThreadGroup group) {
        List<Thread> threads = new ArrayList<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> thread.getThreadGroup() != group);
        return threads;
    }
}
