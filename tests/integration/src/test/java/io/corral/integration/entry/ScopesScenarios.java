package io.corral.integration.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.entry.SwitchRecorder.Switch;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.KernelCpuClock;
import io.corral.integration.support.TestCarriers;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.UsageAssertions;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;

/** Where a thread works while scopes are open, and which callbacks run. */
final class ScopesScenarios {

    private static final Container ROOT = Containers.root();

    static {
        // Loads the code now, so that no container is charged for the loading.
        CpuLoad.millis(1);
    }

    private ScopesScenarios() {}

    @Scenario(36)
    static void enteringTheCurrentContainerDoesNotCallSwitched(ThreadKind kind) throws Exception {
        Container a = Containers.at("/scopes/again-" + kind);
        SwitchRecorder.record();
        try (TestThread testThread = TestThread.start(kind)) {
            testThread.run(() ->
                    a.run(() -> a.run(() -> assertThat(Containers.current()).isSameAs(a))));
            assertThat(SwitchRecorder.of(testThread.thread()))
                    .containsExactly(new Switch(ROOT, a), new Switch(a, ROOT));
        }
    }

    @Scenario(37)
    static void nestedScopesCallSwitchedInOrderWithBothContainers(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/scopes/through-root-" + kind);
        SwitchRecorder.record();
        try (TestThread testThread = TestThread.start(kind)) {
            testThread.run(() -> a.run(() -> ROOT.run(() -> a.run(() -> {}))));
            Switch in = new Switch(ROOT, a);
            Switch out = new Switch(a, ROOT);
            assertThat(SwitchRecorder.of(testThread.thread()))
                    .containsExactly(in, out, in, out, in, out);
        }
    }

    @Scenario({6, 38})
    static void innermostScopeIsCharged(ThreadKind kind) throws Exception {
        Container a = Containers.at("/scopes/outer-" + kind);
        Container b = Containers.at("/scopes/inner-" + kind);
        try (TestThread testThread = TestThread.start(kind)) {
            testThread.run(() -> {
                try (Scope inA = a.enter()) {
                    try (Scope inB = b.enter()) {
                        assertThat(Containers.current()).isSameAs(b);
                        assertThat(Containers.of(Thread.currentThread())).isSameAs(ROOT);
                    }
                    assertThat(Containers.current()).isSameAs(a);
                    ROOT.run(() -> assertThat(Containers.current()).isSameAs(ROOT));
                    assertThat(Containers.current()).isSameAs(a);
                }
                assertThat(Containers.current()).isSameAs(ROOT);
            });
        }
        assertThat(a.usage().threads() + a.usage().virtualThreads()).isZero();
        assertThat(a.usage().exits()).isZero();
    }

    @Scenario(39)
    static void bodyThatThrowsEndsTheScopeAndIsCharged(ThreadKind kind) throws Exception {
        Container a = Containers.at("/scopes/throws-" + kind);
        AtomicLong burnt = new AtomicLong();
        long besides;
        try (TestThread testThread = TestThread.start(kind)) {
            long outside = testThread.call(() -> {
                assertThatThrownBy(() -> a.run(() -> {
                            burnt.addAndGet(CpuLoad.millis(100));
                            throw new IllegalArgumentException("body");
                        }))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(Containers.current()).isSameAs(ROOT);
                assertThatThrownBy(() -> a.call(() -> {
                            burnt.addAndGet(CpuLoad.millis(100));
                            throw new java.io.IOException("call");
                        }))
                        .isInstanceOf(java.io.IOException.class);
                assertThat(Containers.current()).isSameAs(ROOT);
                return CpuLoad.millis(100);
            });
            besides = testThread.cpuNanos() - burnt.get() - outside;
        }
        UsageAssertions.assertBurnt(a.usage(), burnt.get(), besides);
    }

    @Scenario
    static void closingTwiceDoesNothing(ThreadKind kind) throws Exception {
        Container a = Containers.at("/scopes/twice-a-" + kind);
        Container b = Containers.at("/scopes/twice-b-" + kind);
        try (TestThread testThread = TestThread.start(kind)) {
            testThread.run(() -> {
                Scope inA = a.enter();
                inA.close();
                inA.close();
                assertThat(Containers.current()).isSameAs(ROOT);
                try (Scope inB = b.enter()) {
                    inA.close();
                    assertThat(Containers.current()).isSameAs(b);
                }
            });
        }
    }

    @Scenario
    static void closeByAnotherThreadIsRefusedAndChangesNothing(ThreadKind kind) throws Exception {
        Container a = Containers.at("/scopes/foreign-" + kind);
        try (TestThread opener = TestThread.start(kind);
                TestThread other = TestThread.start(kind)) {
            Scope scope = opener.call(a::enter);
            assertThatThrownBy(() -> other.run(scope::close))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(a.toString());
            assertThatThrownBy(scope::close).isInstanceOf(IllegalStateException.class);
            assertThat(opener.call(Containers::current)).isSameAs(a);
            assertThat(other.call(Containers::current)).isSameAs(ROOT);
            opener.run(scope::close);
            assertThat(opener.call(Containers::current)).isSameAs(ROOT);
            scope.close();
        }
    }

    @Scenario
    static void closingAnOuterScopeClosesInnerOnes(ThreadKind kind) throws Exception {
        Container a = Containers.at("/scopes/order-a-" + kind);
        Container b = Containers.at("/scopes/order-b-" + kind);
        SwitchRecorder.record();
        try (TestThread testThread = TestThread.start(kind)) {
            testThread.run(() -> {
                Scope outermost = b.enter();
                Scope outer = a.enter();
                Scope middle = b.enter();
                Scope inner = a.enter();
                outer.close();
                assertThat(Containers.current()).isSameAs(b);
                inner.close();
                middle.close();
                assertThat(Containers.current()).isSameAs(b);
                outermost.close();
                assertThat(Containers.current()).isSameAs(ROOT);
            });
            assertThat(SwitchRecorder.of(testThread.thread()))
                    .containsExactly(
                            new Switch(ROOT, b),
                            new Switch(b, a),
                            new Switch(a, b),
                            new Switch(b, a),
                            new Switch(a, b),
                            new Switch(b, ROOT));
        }
    }

    @Scenario
    static void scopesLeftOpenAreClosedWhenTheThreadEnds(ThreadKind kind) throws Exception {
        Container a = Containers.at("/scopes/left-" + kind);
        Scope left;
        try (TestThread testThread = TestThread.start(kind)) {
            left = testThread.call(a::enter);
            long burnt = testThread.call(() -> CpuLoad.millis(100));
            UsageAssertions.assertBurnt(a.usage(), burnt, testThread.cpuNanos() - burnt);
        }
        left.close();
        KernelCpuClock byCarriers = KernelCpuClock.ofCarriers();
        long after = a.usage().cpuNanos();
        AtomicLong burnt = new AtomicLong();
        kind.run(() -> burnt.set(CpuLoad.millis(20)));
        // A carrier's scheduling is charged to the account of the last virtual thread that it ran.
        assertThat(a.usage().cpuNanos() - after)
                .isBetween(
                        0L, kind == ThreadKind.PLATFORM ? 0 : byCarriers.cpuNanos() - burnt.get());
        a.remove();
    }

    @Scenario(since = 21)
    static void scopeOfAVirtualThreadIsChargedOnEachCarrier() throws Exception {
        Container a = Containers.at("/scopes/carriers");
        FutureTask<Long> burning = new FutureTask<>(() -> {
            long burnt = 0;
            int staysInA = 0;
            try (Scope scope = a.enter()) {
                for (int i = 0; i < 10; i++) {
                    burnt += CpuLoad.millis(20);
                    Thread.yield();
                    staysInA += Containers.current() == a ? 1 : 0;
                }
            }
            assertThat(staysInA).isEqualTo(10);
            assertThat(Containers.current()).isSameAs(ROOT);
            CpuLoad.millis(50);
            return burnt;
        });
        try (TestCarriers carriers = new TestCarriers()) {
            Thread thread = carriers.alternating(burning);
            thread.start();
            long burnt = TestThread.await(burning);
            thread.join();
            assertThat(carriers.mounts()).isEqualTo(11);
            long besides = carriers.cpuNanos() - burnt - 50_000_000;
            UsageAssertions.assertBurnt(a.usage(), burnt, besides);
        }
    }
}
