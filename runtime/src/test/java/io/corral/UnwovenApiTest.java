package io.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Without the agent the API works, and usage is unknown. */
class UnwovenApiTest {

    private static final Usage UNKNOWN = new Usage(
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN);

    private final Container here = Containers.at("/unwoven");

    @Test
    void nothingIsActiveAndUsageIsUnknown() {
        assertThat(Containers.isActive()).isFalse();
        assertThat(here.usage()).isEqualTo(UNKNOWN);
        assertThat(here.ownUsage()).isEqualTo(UNKNOWN);
        assertThat(Containers.root().usage()).isEqualTo(UNKNOWN);
        Hierarchy other = Containers.hierarchy("unwoven-other");
        assertThat(Containers.usage(here, other.at("/a"))).isEqualTo(UNKNOWN);
        assertThat(here.hierarchy().usages()).containsEntry(here, UNKNOWN);
        assertThat(here.threads()).isEmpty();
        assertThat(here.isPopulated()).isFalse();
    }

    @Test
    void nestedScopesCloseFromTheInside() {
        Container a = here.at("a");
        Container b = here.at("b");
        assertThat(Containers.current()).isSameAs(Containers.root());
        try (Scope outer = a.enter()) {
            assertThat(Containers.current()).isSameAs(a);
            try (Scope inner = b.enter()) {
                assertThat(Containers.current()).isSameAs(b);
            }
            assertThat(Containers.current()).isSameAs(a);
            Containers.root()
                    .run(() -> assertThat(Containers.current()).isSameAs(Containers.root()));
        }
        assertThat(Containers.current()).isSameAs(Containers.root());
    }

    @Test
    void closingTwiceDoesNothingAndClosingTheOuterScopeClosesTheInner() {
        Scope outer = here.at("a").enter();
        Scope inner = here.at("b").enter();
        outer.close();
        assertThat(Containers.current()).isSameAs(Containers.root());
        inner.close();
        outer.close();
        assertThat(Containers.current()).isSameAs(Containers.root());
    }

    @Test
    void scopeOfAnotherThreadIsNotClosed() throws Exception {
        try (Scope mine = here.enter()) {
            FutureTask<Void> other = new FutureTask<>(mine::close, null);
            Thread thread = new Thread(other, "meddler");
            thread.start();
            assertThatThrownBy(other::get)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("main:/unwoven")
                    .hasMessageContaining("meddler");
            assertThat(Containers.current()).isSameAs(here);
        }
    }

    @Test
    void equalThreadsHaveSeparateScopes() throws Exception {
        List<Container> seen = new ArrayList<>();
        Thread one = new AllEqual(() -> here.run(() -> {
            Thread two = new AllEqual(() -> {
                seen.add(Containers.current());
                here.at("two").run(() -> seen.add(Containers.current()));
            });
            two.start();
            try {
                two.join();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            seen.add(Containers.current());
        }));
        one.start();
        one.join();
        assertThat(seen).containsExactly(Containers.root(), here.at("two"), here);
    }

    private static final class AllEqual extends Thread {

        AllEqual(Runnable task) {
            super(task);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof AllEqual;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void threadWhoseHashCodeThrowsHasScopes() throws Exception {
        List<Container> seen = new ArrayList<>();
        Thread thread = new Thread(() -> here.run(() -> seen.add(Containers.current()))) {
            @Override
            public int hashCode() {
                throw new UnsupportedOperationException("no hash code");
            }

            @Override
            public boolean equals(Object other) {
                throw new UnsupportedOperationException("no equality");
            }
        };
        thread.start();
        thread.join();
        assertThat(seen).containsExactly(here);
    }

    @Test
    void runAndCallLeaveTheContainerIfTheTaskThrows() throws Exception {
        assertThat(here.<Object>call(Containers::current)).isSameAs(here);
        assertThatThrownBy(() -> here.call(() -> {
                    throw new Exception("checked");
                }))
                .hasMessage("checked");
        assertThat(Containers.current()).isSameAs(Containers.root());
    }

    @Test
    void attachedThreadIsInItsNewContainer() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Container> seen = new ArrayList<>();
        Thread thread = new Thread(() -> {
            await(end);
            seen.add(Containers.current());
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.attach(thread))
                .withMessageContaining("it is not started");
        thread.start();
        here.attach(thread);
        assertThat(Containers.of(thread)).isSameAs(here);
        end.countDown();
        thread.join();
        assertThat(seen).containsExactly(here);
        assertThat(Containers.of(thread)).isSameAs(Containers.root());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.attach(thread))
                .withMessageContaining("it is ending or ended");
    }

    @Test
    void startedThreadIsInItsContainerFromTheBeginning() throws Exception {
        List<Container> seen = new ArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            seen.add(Containers.current());
            await(end);
        });
        here.start(thread);
        assertThatThrownBy(() -> here.at("elsewhere").start(thread))
                .isInstanceOf(IllegalThreadStateException.class);
        assertThat(Containers.of(thread)).isSameAs(here);
        end.countDown();
        thread.join();
        assertThat(seen).containsExactly(here);
    }

    @Test
    void removedContainerIsRefusedAndItsNameCanBeUsedAgain() {
        Container gone = here.create("gone");
        Container child = gone.create("child");
        assertThatIllegalStateException()
                .isThrownBy(gone::remove)
                .withMessage(
                        "container main:/unwoven/gone can't be removed: it has children [child]");
        child.remove();
        gone.remove();
        assertThat(gone.isRemoved()).isTrue();
        assertThat(gone.parent()).isSameAs(here);
        assertThat(gone.usage()).isEqualTo(UNKNOWN);
        assertThat(here.children()).doesNotContain(gone);
        Thread thread = new Thread(() -> {});
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                gone::enter,
                () -> gone.attach(Thread.currentThread()),
                () -> gone.start(thread),
                () -> gone.create("x"),
                () -> gone.at("x"),
                gone::remove)) {
            assertThatIllegalStateException()
                    .isThrownBy(use)
                    .withMessageEndingWith(" container main:/unwoven/gone: it was removed");
        }
        assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
        assertThat(here.at("gone")).isNotSameAs(gone);
    }

    @Test
    void removalOfTheRootIsRefused() {
        assertThatThrownBy(Containers.root()::remove)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("the root of hierarchy main can't be removed");
        assertThat(Containers.root().isRemoved()).isFalse();
    }

    @Test
    void hierarchiesAreIndependent() {
        Hierarchy endpoints = Containers.hierarchy("unwoven-endpoints");
        assertThat(Containers.hierarchy("unwoven-endpoints")).isSameAs(endpoints);
        assertThat(Containers.hierarchy("main").root()).isSameAs(Containers.root());
        Container orders = endpoints.at("/unwoven");
        assertThat(orders).isNotSameAs(here);
        assertThat(orders.hierarchy()).isSameAs(endpoints);
        try (Scope tenant = here.enter();
                Scope endpoint = orders.enter()) {
            assertThat(Containers.current()).isSameAs(here);
            assertThat(endpoints.current()).isSameAs(orders);
        }
        assertThat(endpoints.current()).isSameAs(endpoints.root());
    }

    @Test
    void twoContainersAreEnteredAtOnce() {
        Hierarchy endpoints = Containers.hierarchy("unwoven-endpoints");
        Container orders = endpoints.at("/at-once");
        try (Scope both = Containers.enter(here, orders)) {
            assertThat(both).hasToString("scope in main:/unwoven and unwoven-endpoints:/at-once");
            assertThat(Containers.current()).isSameAs(here);
            assertThat(endpoints.current()).isSameAs(orders);
        }
        assertThat(Containers.current()).isSameAs(Containers.root());
        assertThat(endpoints.current()).isSameAs(endpoints.root());
    }

    @Test
    void enterRefusesTwoContainersOfWhichOneWasRemoved() {
        Hierarchy endpoints = Containers.hierarchy("unwoven-endpoints");
        Container gone = endpoints.at("/gone-at-once");
        gone.remove();
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                () -> Containers.enter(here, gone), () -> Containers.enter(gone, here))) {
            assertThatIllegalStateException()
                    .isThrownBy(use)
                    .withMessage("can't enter container unwoven-endpoints:/gone-at-once: it was"
                            + " removed");
        }
        assertThat(Containers.current()).isSameAs(Containers.root());
        assertThat(endpoints.current()).isSameAs(endpoints.root());
    }

    @Test
    void enterRefusesTwoContainersOfOneHierarchy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Containers.enter(here, here.at("a")))
                .withMessage("containers main:/unwoven and main:/unwoven/a are of one hierarchy;"
                        + " to enter both at once needs two hierarchies");
        assertThat(Containers.current()).isSameAs(Containers.root());
    }

    @Test
    void usageOfTwoContainersOfOneHierarchyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Containers.usage(here, here.at("a")))
                .withMessage("containers main:/unwoven and main:/unwoven/a are of one hierarchy;"
                        + " a usage of both needs two hierarchies");
    }

    @Test
    void subsystemKeepsStateAndIsRegisteredOnce() {
        Subsystem names = new Subsystem() {
            @Override
            public String name() {
                return "names";
            }

            @Override
            public Object containerCreated(Container container) {
                return container.name();
            }
        };
        Containers.register(names);
        try {
            assertThat(here.state(names)).isEqualTo("unwoven");
            assertThat(here.create("with-state").state(names)).isEqualTo("with-state");
            assertThat(here.state(new Subsystem() {})).isNull();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Containers.register(names))
                    .withMessage("subsystem \"names\" is registered already");
        } finally {
            Containers.unregister(names);
        }
    }

    static Stream<ThrowingCallable> nulls() {
        Container here = Containers.at("/unwoven");
        return Stream.of(
                () -> Containers.at(null),
                () -> Containers.of(null),
                () -> Containers.hierarchy(null),
                () -> Containers.register(null),
                () -> Containers.enter(null, here),
                () -> Containers.enter(here, null),
                () -> Containers.usage(null, here),
                () -> Containers.usage(here, null),
                () -> Containers.hierarchy("main").at(null),
                () -> Containers.hierarchy("main").of(null),
                () -> here.at(null),
                () -> here.create(null),
                () -> here.run(null),
                () -> here.call(null),
                () -> here.attach(null),
                () -> here.start(null),
                () -> here.onRelease(null),
                () -> here.state(null));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void nullIsRefused(ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call);
        assertThat(Containers.current()).isSameAs(Containers.root());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
