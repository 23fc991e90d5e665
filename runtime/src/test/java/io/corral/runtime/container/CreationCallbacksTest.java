package io.corral.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;
import io.corral.runtime.api.ApiContainer;
import io.corral.runtime.notice.Notifier;
import io.corral.runtime.notice.Observer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How subsystems learn of containers: each once, without a lock that others need. */
class CreationCallbacksTest {

    private static final long PATIENCE_MILLIS = 10_000;

    private static final Container PARENT = Containers.at("/container-created");

    private final List<Subsystem> registered = new ArrayList<>();

    @AfterEach
    void unregisterSubsystems() {
        registered.forEach(Containers::unregister);
    }

    private void register(Subsystem subsystem) {
        Containers.register(subsystem);
        registered.add(subsystem);
    }

    @Test
    void otherThreadsReadUsagesAndCreateContainersDuringTheCallback() throws Exception {
        List<Boolean> done = new CopyOnWriteArrayList<>();
        onCreated("meanwhile", container -> {
            Thread other = new Thread(() -> {
                Containers.root().usage();
                PARENT.at("another");
            });
            other.setDaemon(true);
            other.start();
            join(other);
            done.add(!other.isAlive());
        });
        PARENT.create("meanwhile");
        assertThat(done).containsExactly(true);
    }

    @Test
    void lookUpByPathWaitsForTheCallback() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        AtomicReference<Container> found = new AtomicReference<>();
        Thread reader = new Thread(() -> found.set(PARENT.at("slow")));
        Subsystem slow = onCreated("slow", container -> {
            called.countDown();
            awaitWaitingOrEnded(reader);
        });
        Thread maker = new Thread(() -> PARENT.create("slow"));
        maker.start();
        called.await();
        reader.start();
        join(reader);
        assertThat(found.get().state(slow)).isEqualTo("state");
        maker.join();
    }

    @Test
    void removalIsReportedAfterTheCreation() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        List<String> told = new CopyOnWriteArrayList<>();
        Thread remover = new Thread(CreationCallbacksTest::removeShort);
        register(new Subsystem() {
            @Override
            public Object containerCreated(Container container) {
                if (container.name().equals("short")) {
                    called.countDown();
                    awaitWaitingOrEnded(remover);
                    told.add("created");
                }
                return null;
            }

            @Override
            public void containerRemoved(Container container) {
                if (container.name().equals("short")) {
                    told.add("removed");
                }
            }
        });
        Thread maker = new Thread(() -> PARENT.create("short"));
        maker.start();
        called.await();
        remover.start();
        maker.join();
        join(remover);
        assertThat(told).containsExactly("created", "removed");
    }

    /** A subsystem hears of a container's removal after its creation, or of neither. */
    private static final class Told implements Subsystem {

        final List<String> calls = new CopyOnWriteArrayList<>();

        /** Second creations, and removals without one, of the same container. */
        final List<String> outOfOrder = new CopyOnWriteArrayList<>();

        private final Set<Container> existing = ConcurrentHashMap.newKeySet();
        private final Consumer<Container> action;

        Told(Consumer<Container> action) {
            this.action = action;
        }

        @Override
        public Object containerCreated(Container container) {
            if (container.path().startsWith("/container-created/told/")) {
                action.accept(container);
                told("created", container, existing.add(container));
            }
            return null;
        }

        @Override
        public void containerRemoved(Container container) {
            if (container.path().startsWith("/container-created/told/")) {
                told("removed", container, existing.remove(container));
            }
        }

        private void told(String what, Container container, boolean isInOrder) {
            String call = what + " " + container.name();
            calls.add(call);
            if (!isInOrder) {
                outOfOrder.add(call);
            }
        }
    }

    @Test
    void containerRemovedDuringARegistrationIsNotToldOrToldInOrder() {
        Container told = PARENT.at("told");
        Container[] both = {told.at("one"), told.at("two")};
        Told removesBoth = new Told(any -> {
            for (Container each : both) {
                if (told.children().contains(each)) {
                    each.remove();
                }
            }
        });
        register(removesBoth);
        assertThat(removesBoth.calls).hasSize(2);
        String name = removesBoth.calls.get(0).substring("created ".length());
        assertThat(removesBoth.calls).containsExactly("created " + name, "removed " + name);
    }

    @Test
    void containerThatACallbackRemovesIsToldInOrderToEachSubsystem() {
        Container told = PARENT.at("told");
        Told first = new Told(Container::remove);
        Told second = new Told(container -> {});
        register(first);
        register(second);
        told.create("removed-at-once");
        List<String> inOrder = List.of("created removed-at-once", "removed removed-at-once");
        assertThat(first.calls).isEqualTo(inOrder);
        assertThat(second.calls).isEqualTo(inOrder);
    }

    @Test
    void noRemovalIsToldWithoutACreationDuringRegistrations() throws Exception {
        Container told = PARENT.at("told");
        AtomicInteger rounds = new AtomicInteger();
        Thread churn = new Thread(() -> {
            while (rounds.get() < 100) {
                List<Container> made = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    made.add(told.create("c" + i));
                }
                made.forEach(Container::remove);
            }
        });
        churn.start();
        List<Told> all = new ArrayList<>();
        while (rounds.getAndIncrement() < 100) {
            Told each = new Told(container -> {});
            all.add(each);
            Containers.register(each);
            Containers.unregister(each);
        }
        churn.join();
        for (Told each : all) {
            assertThat(each.outOfOrder).isEmpty();
        }
    }

    /** Does not look up the container by its path, because that would wait. */
    private static void removeShort() {
        for (Container child : PARENT.children()) {
            if (child.name().equals("short")) {
                child.remove();
            }
        }
    }

    /**
     * The application does not see that a thread's start asks for a container, and may hold a lock
     * that the callback waits for.
     */
    @Test
    void hookWaitsForALimitedTimeOnly() throws Exception {
        ContainerNode parent = ApiContainer.node(PARENT);
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        List<Boolean> waitedInTime = new CopyOnWriteArrayList<>();
        onCreated("wanted-by-a-hook", container -> {
            called.countDown();
            waitedInTime.add(arrives(asked));
        });
        Thread maker = new Thread(() -> PARENT.create("wanted-by-a-hook"));
        maker.start();
        called.await();
        ContainerNode found = parent.child("wanted-by-a-hook");
        assertThat(parent.childOrNew("wanted-by-a-hook")).isSameAs(found);
        asked.countDown();
        maker.join();
        assertThat(waitedInTime).containsExactly(true);
    }

    @Test
    void callbacksThatLookUpEachOthersContainersDoNotWait() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        List<Boolean> met = new CopyOnWriteArrayList<>();
        onCreated("one", container -> {
            met.add(arriveAndAwait(both));
            PARENT.at("two");
        });
        onCreated("two", container -> {
            met.add(arriveAndAwait(both));
            PARENT.at("one");
        });
        Thread one = new Thread(() -> PARENT.create("one"));
        Thread two = new Thread(() -> PARENT.create("two"));
        one.setDaemon(true);
        two.setDaemon(true);
        one.start();
        two.start();
        join(one);
        join(two);
        assertThat(one.isAlive() || two.isAlive()).isFalse();
        assertThat(met).containsExactly(true, true);
    }

    /** A callback may wait for a lock whose holder waits for the carrier. */
    @Test
    void carrierRunsNoCallbackBeforeAMount() {
        List<String> told = new ArrayList<>();
        onCreated("on-a-carrier", container -> told.add(container.name()));
        List<Runnable> later = new ArrayList<>();
        ContainerNode made = duringMount("on-a-carrier", later);
        assertThat(told).isEmpty();
        later.forEach(Runnable::run);
        assertThat(told).containsExactly("on-a-carrier");
        assertThat(ApiContainer.node(PARENT.at("on-a-carrier"))).isSameAs(made);
        assertThat(told).hasSize(1);
    }

    /** The background thread may be busy, or be the one that asks. */
    @Test
    void firstLookUpByPathRunsTheCallbackThatACarrierDeferred() {
        List<String> told = new ArrayList<>();
        Subsystem subsystem = onCreated("left", container -> told.add(container.name()));
        List<Runnable> later = new ArrayList<>();
        duringMount("left", later);
        assertThat(PARENT.at("left").state(subsystem)).isEqualTo("state");
        later.forEach(Runnable::run);
        assertThat(told).containsExactly("left");
    }

    private static ContainerNode duringMount(String name, List<Runnable> later) {
        Notifier before = Notifier.Current.notifier;
        Notifier.Current.notifier = later::add;
        CreationCallbacks.beginMount();
        try {
            ContainerNode parent = ApiContainer.node(PARENT);
            ContainerNode made = parent.childOrNew(name);
            assertThat(parent.childOrNew(name)).isSameAs(made);
            return made;
        } finally {
            CreationCallbacks.endMount();
            Notifier.Current.notifier = before;
        }
    }

    @Test
    void callbackFindsItsOwnContainer() {
        List<Container> found = new ArrayList<>();
        onCreated("own", container -> found.add(PARENT.at("own")));
        Container own = PARENT.at("own");
        assertThat(found).containsExactly(own);
    }

    @Test
    void eachContainerIsReportedOnceDuringRegistrations() throws Exception {
        Container parent = PARENT.create("told-once");
        AtomicInteger created = new AtomicInteger();
        Thread maker = new Thread(() -> {
            for (int i = 0; i < 3000; i++) {
                parent.create("c" + i);
                created.getAndIncrement();
            }
        });
        maker.start();
        List<Map<Container, Integer>> told = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Map<Container, Integer> times = new ConcurrentHashMap<>();
            told.add(times);
            register(new Subsystem() {
                @Override
                public Object containerCreated(Container container) {
                    if (container.parent() == parent) {
                        times.merge(container, 1, Integer::sum);
                    }
                    return null;
                }
            });
            while (created.get() < 100 * (i + 1)) {
                Thread.onSpinWait();
            }
        }
        maker.join();
        for (Map<Container, Integer> times : told) {
            assertThat(times).hasSize(3000);
            assertThat(times.values()).containsOnly(1);
        }
    }

    /** There may be no memory or no stack for the steps after its creation. */
    @Test
    void failedCreationDelaysNoOtherThread() throws Exception {
        Observer before = Observer.Current.observer;
        Observer.Current.observer = (Observer) Proxy.newProxyInstance(
                Observer.class.getClassLoader(),
                new Class<?>[] {Observer.class},
                (proxy, method, arguments) -> {
                    throw new OutOfMemoryError("on purpose");
                });
        try {
            assertThatThrownBy(() -> PARENT.at("failed")).isInstanceOf(OutOfMemoryError.class);
        } finally {
            Observer.Current.observer = before;
        }
        List<Container> found = new CopyOnWriteArrayList<>();
        Thread other = new Thread(() -> found.add(PARENT.at("failed")));
        other.setDaemon(true);
        other.start();
        join(other);
        assertThat(found).extracting(Container::name).containsExactly("failed");
    }

    private Subsystem onCreated(String name, Consumer<Container> action) {
        Subsystem subsystem = new Subsystem() {
            @Override
            public Object containerCreated(Container container) {
                // Other tests have containers of these names, too.
                if (container.name().equals(name) && container.parent() == PARENT) {
                    action.accept(container);
                }
                return "state";
            }
        };
        register(subsystem);
        return subsystem;
    }

    private static boolean arriveAndAwait(CountDownLatch latch) {
        latch.countDown();
        return arrives(latch);
    }

    private static boolean arrives(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Returns when a thread that was started, or will be, waits for another or has ended. */
    private static void awaitWaitingOrEnded(Thread thread) {
        long begun = System.nanoTime();
        while (thread.getState() == Thread.State.NEW
                || thread.getState() == Thread.State.RUNNABLE) {
            if (System.nanoTime() - begun > PATIENCE_MILLIS * 1_000_000) {
                throw new IllegalStateException("still running: " + thread);
            }
            Thread.onSpinWait();
        }
    }
}
