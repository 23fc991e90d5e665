package io.corral.integration.placement;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Where threads are born by the default rules, if their starter is in a chosen place. */
final class DefaultPlacementScenarios {

    /** A virtual thread without a name; a platform thread has a default one. */
    private static final String UNNAMED = "";

    private DefaultPlacementScenarios() {}

    @Scenario(2)
    static void rootListsNoThreadThatAnotherStarted() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread started = new Thread(() -> Waits.await(end), "listed-1");
        started.start();
        assertThat(Containers.root().threads())
                .contains(Thread.currentThread())
                .doesNotContain(started);
        assertThat(Containers.at("/threads/listed").threads()).containsExactly(started);
        end.countDown();
        started.join();
        assertThat(ThreadCounts.of(Containers.at("/threads/listed")))
                .isEqualTo(new ThreadCounts(0, 1, 1));
    }

    @Scenario(9)
    static void threadConstructedInAContainerAndStartedInTheRootIsInThreads(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/default-placement/made-in-container-" + kind);
        AtomicReference<Container> seen = new AtomicReference<>();
        Thread child = a.call(() -> named("made", kind, () -> seen.set(Containers.current())));
        child.start();
        child.join();
        assertThat(seen.get().path())
                .isEqualTo(kind == ThreadKind.VIRTUAL ? "/threads/virtual/made" : "/threads/made");
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 0, 0));
    }

    @Scenario(10)
    static void childOfAStarterThatMovedToTheRootIsInThreads(ThreadKind kind) throws Exception {
        Container a = Containers.at("/default-placement/left-" + kind);
        AtomicReference<Container> seen = new AtomicReference<>();
        Thread starter = kind.unstarted(() -> {
            Thread child = named("left", kind, () -> seen.set(Containers.current()));
            Containers.root().attach(Thread.currentThread());
            child.start();
            ThreadKind.join(child);
        });
        a.start(starter);
        starter.join();
        assertThat(seen.get().path())
                .isEqualTo(kind == ThreadKind.VIRTUAL ? "/threads/virtual/left" : "/threads/left");
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 0));
    }

    @Scenario(21)
    static void threadOfAGroupIsInThreadsAndAPoolsWorkerIsInThePool() throws Exception {
        AtomicReference<Container> seen = new AtomicReference<>();
        Thread grouped = new Thread(
                new ThreadGroup("own"), () -> seen.set(Containers.current()), "grouped #2");
        grouped.start();
        grouped.join();
        assertThat(seen.get().path()).isEqualTo("/threads/grouped");
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> new Thread(task, "own-1"));
        assertThat(pool.submit(DefaultPlacementScenarios::currentPath).get())
                .isEqualTo("/pools/own");
        end(pool);
    }

    @Scenario
    static void threadStartedFromAUsersContainerInheritsIt(ThreadKind kind) throws Exception {
        Container a = Containers.at("/default-placement/users-" + kind);
        AtomicReference<Container> seen = new AtomicReference<>();
        Thread child;
        try (Scope scope = a.enter()) {
            child = named("inherits", kind, () -> {
                Thread grandchild = named("inherits", kind, () -> seen.set(Containers.current()));
                grandchild.start();
                ThreadKind.join(grandchild);
            });
            child.start();
        }
        child.join();
        assertThat(seen.get()).isSameAs(a);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 2, 2));
    }

    @Scenario
    static void threadStartedByAPoolWorkerIsInThreads() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> new Thread(task, "boss-1"));
        Future<String> seen = pool.submit(() -> {
            AtomicReference<String> path = new AtomicReference<>();
            Thread child = new Thread(() -> path.set(currentPath()), "job-7");
            child.start();
            child.join();
            return path.get();
        });
        assertThat(seen.get()).isEqualTo("/threads/job");
        end(pool);
    }

    @Scenario(since = 21)
    static void virtualThreadStartedByAPoolWorkerIsInThePoolsVirtualContainer() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> new Thread(task, "loop-1"));
        List<String> seen = new ArrayList<>();
        pool.submit(() -> {
                    run(ThreadKind.VIRTUAL, UNNAMED, () -> {
                        seen.add(currentPath());
                        run(ThreadKind.VIRTUAL, UNNAMED, () -> seen.add(currentPath()));
                        run(ThreadKind.PLATFORM, "c", () -> seen.add(currentPath()));
                    });
                })
                .get();
        assertThat(seen)
                .containsExactly("/pools/loop/virtual", "/pools/loop/virtual", "/threads/c");
        end(pool);
        Container virtual = Containers.at("/pools/loop/virtual");
        assertThat(ThreadCounts.of(virtual)).isEqualTo(new ThreadCounts(0, 2, 2));
    }

    @Scenario(since = 21)
    static void namedVirtualThreadIsInAContainerOfItsNameBelowVirtual() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> new Thread(task, "named-1"));
        List<String> seen = new ArrayList<>();
        Runnable record = () -> seen.add(currentPath());
        pool.submit(() -> {
                    run(ThreadKind.VIRTUAL, "handler-17", () -> {
                        record.run();
                        run(ThreadKind.VIRTUAL, UNNAMED, record);
                        run(ThreadKind.VIRTUAL, "query#2", record);
                        run(ThreadKind.VIRTUAL, "virtual", record);
                    });
                    run(ThreadKind.VIRTUAL, "handler-18", record);
                    run(ThreadKind.VIRTUAL, UNNAMED, record);
                })
                .get();
        assertThat(seen)
                .containsExactly(
                        "/pools/named/virtual/handler",
                        "/pools/named/virtual/handler",
                        "/pools/named/virtual/query",
                        "/pools/named/virtual/virtual_",
                        "/pools/named/virtual/handler",
                        "/pools/named/virtual");
        end(pool);
    }

    @Scenario(since = 21)
    static void virtualThreadsOfFurtherNamesStayInVirtual() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> new Thread(task, "many-1"));
        List<String> seen = new ArrayList<>();
        Runnable record = () -> seen.add(currentPath());
        pool.submit(() -> {
                    for (int i = 0; i < 70; i++) {
                        run(ThreadKind.VIRTUAL, "of " + i + " jobs", record);
                    }
                    run(ThreadKind.VIRTUAL, "of 0 jobs", record);
                })
                .get();
        assertThat(seen.subList(0, 64))
                .doesNotHaveDuplicates()
                .contains("/pools/many/virtual/of 63 jobs");
        assertThat(seen.subList(64, 70)).containsOnly("/pools/many/virtual");
        assertThat(seen.get(70)).isEqualTo("/pools/many/virtual/of 0 jobs");
        end(pool);
    }

    @Scenario(since = 21)
    static void removedVirtualContainerIsRecreated() {
        run(ThreadKind.VIRTUAL, "a", () -> {});
        Container virtual = Containers.at("/threads/virtual");
        virtual.children().forEach(Container::remove);
        virtual.remove();
        List<String> seen = new ArrayList<>();
        run(ThreadKind.VIRTUAL, "a", () -> seen.add(currentPath()));
        assertThat(seen).containsExactly("/threads/virtual/a");
        assertThat(Containers.at("/threads/virtual")).isNotSameAs(virtual);
    }

    @Scenario
    static void namesThatDifferInANumberShareAContainerAfter64Variants() {
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            Thread thread = new Thread(() -> seen.add(currentPath()), "shard-" + i + " of many");
            thread.start();
            ThreadKind.join(thread);
        }
        assertThat(seen)
                .hasSize(65)
                .contains("/threads/shard-63 of many", "/threads/shard of many")
                .doesNotContain("/threads/shard-64 of many");
    }

    @Scenario
    static void threadsInheritInOtherHierarchies(ThreadKind kind) throws Exception {
        Hierarchy tenants = Containers.hierarchy("default-placement-tenants");
        List<String> seen = new ArrayList<>();
        try (Scope scope = tenants.at("/acme").enter()) {
            run(
                    kind,
                    "worker",
                    () -> seen.addAll(List.of(currentPath(), tenants.current().path())));
        }
        assertThat(seen)
                .containsExactly(
                        kind == ThreadKind.VIRTUAL ? "/threads/virtual/worker" : "/threads/worker",
                        "/acme");
    }

    @Scenario
    static void taskSubmittedFromThreadsIsChargedToThePool() throws Exception {
        try (Scope scope = Containers.at("/default-placement/any").enter()) {
            // From now on the hooks of hand-over look at each task.
        }
        ExecutorService pool =
                Executors.newFixedThreadPool(1, task -> new Thread(task, "served-1"));
        AtomicReference<String> seen = new AtomicReference<>();
        run(ThreadKind.PLATFORM, "acceptor", () -> {
            try {
                seen.set(pool.submit(DefaultPlacementScenarios::currentPath).get());
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        assertThat(seen.get()).isEqualTo("/pools/served");
        end(pool);
    }

    @Scenario
    static void containerOfTheApplicationBelowThreadsIsAChosenPlace() throws Exception {
        Container made = Containers.at("/threads/made-by-code");
        List<String> seen = new ArrayList<>();
        try (Scope scope = made.enter()) {
            run(ThreadKind.PLATFORM, "child", () -> seen.add(currentPath()));
        }
        assertThat(seen).containsExactly("/threads/child");
    }

    private static Thread named(String name, ThreadKind kind, Runnable task) {
        Thread thread = kind.unstarted(task);
        if (!name.equals(UNNAMED)) {
            thread.setName(Character.isLetter(name.charAt(name.length() - 1)) ? name + "-1" : name);
        }
        return thread;
    }

    private static void run(ThreadKind kind, String name, Runnable task) {
        Thread thread = named(name, kind, task);
        thread.start();
        ThreadKind.join(thread);
    }

    private static String currentPath() {
        return Containers.current().path();
    }

    private static void end(ExecutorService pool) throws InterruptedException {
        pool.shutdown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
}
