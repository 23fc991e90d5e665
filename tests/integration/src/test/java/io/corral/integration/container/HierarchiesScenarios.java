package io.corral.integration.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.ThreadCounts;
import io.corral.integration.support.UsageAssertions;

/** A thread has one place in each hierarchy. */
final class HierarchiesScenarios {

    private static final Hierarchy H1 = Containers.hierarchy("tenant");
    private static final Hierarchy H2 = Containers.hierarchy("endpoint");

    static {
        // Loads the code now, so that no container is charged for the loading.
        CpuLoad.millis(1);
    }

    private HierarchiesScenarios() {}

    @Scenario(55)
    static void attachInOneHierarchyKeepsTheContainerInTheOther(ThreadKind kind) throws Exception {
        Container a = H1.at("/a-" + kind);
        Container b = H1.at("/b-" + kind);
        Container x = H2.at("/x-" + kind);
        Container y = H2.at("/y-" + kind);
        try (TestThread testThread = TestThread.startIn(x, kind)) {
            at(testThread, H1.root(), x);
            a.attach(testThread.thread());
            at(testThread, a, x);
            Scope inB = testThread.call(b::enter);
            at(testThread, b, x);
            Scope inY = testThread.call(y::enter);
            at(testThread, b, y);
            testThread.run(inY::close);
            at(testThread, b, x);
            y.attach(testThread.thread());
            at(testThread, b, y);
            testThread.run(inB::close);
            at(testThread, a, y);
            assertThat(H1.of(testThread.thread())).isSameAs(a);
            assertThat(H2.of(testThread.thread())).isSameAs(y);
            assertThat(Containers.of(testThread.thread())).isSameAs(Containers.root());

            TestThread child = testThread.call(() -> TestThread.start(kind));
            at(child, a, y);
            TestThread placed = testThread.call(() -> TestThread.startIn(b, kind));
            at(placed, b, y);
            placed.close();
            child.close();
        }
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 2));
        assertThat(ThreadCounts.of(b)).isEqualTo(new ThreadCounts(0, 1, 1));
        assertThat(ThreadCounts.of(x)).isEqualTo(new ThreadCounts(0, 1, 0));
        assertThat(ThreadCounts.of(y)).isEqualTo(new ThreadCounts(0, 2, 3));
    }

    private static void at(TestThread testThread, Container inH1, Container inH2) throws Exception {
        assertThat(testThread.call(H1::current)).isSameAs(inH1);
        assertThat(testThread.call(H2::current)).isSameAs(inH2);
        assertThat(testThread.call(Containers::current)).isSameAs(Containers.root());
    }

    /** With two nested scopes, some usage would be charged to one container alone. */
    @Scenario
    static void enterOfTwoContainersIsAtomicForReaders(ThreadKind kind) throws Exception {
        Container a = H1.at("/at-once-" + kind);
        Container x = H2.at("/at-once-" + kind);
        try (TestThread testThread = TestThread.startIn(H1.root(), kind)) {
            for (int i = 0; i < 100; i++) {
                Scope scope = testThread.call(() -> Containers.enter(a, x));
                at(testThread, a, x);
                testThread.run(scope::close);
                at(testThread, H1.root(), H2.root());
            }
            Scope scope = testThread.call(() -> Containers.enter(a, x));
            long burnt = testThread.call(() -> CpuLoad.millis(100));
            testThread.run(scope::close);
            UsageAssertions.assertBurnt(
                    Containers.usage(a, x), burnt, testThread.cpuNanos() - burnt);
        }
        long inA = a.usage().cpuNanos();
        long inX = x.usage().cpuNanos();
        long inBoth = Containers.usage(a, x).cpuNanos();
        assertThat(inBoth).isGreaterThanOrEqualTo(inA).isGreaterThanOrEqualTo(inX);
    }

    @Scenario
    static void scopeOfTwoContainersNestsAndBelongsToItsThread(ThreadKind kind) throws Exception {
        Container a = H1.at("/nests-" + kind);
        Container b = H1.at("/nests-too-" + kind);
        Container x = H2.at("/nests-" + kind);
        try (TestThread testThread = TestThread.startIn(b, kind)) {
            Scope outer = testThread.call(() -> Containers.enter(x, a));
            assertThat(outer)
                    .hasToString("scope in endpoint:/nests-" + kind + " and tenant:/nests-" + kind);
            testThread.call(b::enter);
            at(testThread, b, x);
            assertThatIllegalStateException()
                    .isThrownBy(outer::close)
                    .withMessageContaining("and tenant:/nests");
            at(testThread, b, x);
            testThread.run(outer::close);
            at(testThread, b, H2.root());
            b.attach(testThread.thread());
            x.attach(testThread.thread());
            Scope where = testThread.call(() -> Containers.enter(b, x));
            at(testThread, b, x);
            H2.root().attach(testThread.thread());
            at(testThread, b, x);
            testThread.run(where::close);
            at(testThread, b, H2.root());
        }
    }

    @Scenario
    static void usageOfTwoContainersIsTheCommonCharge(ThreadKind kind) throws Exception {
        Container tenant = H1.at("/usage-" + kind);
        Container below = tenant.create("below");
        Container endpoint = H2.at("/usage-" + kind);
        Container other = H2.at("/usage-other-" + kind);
        try (TestThread testThread = TestThread.startIn(endpoint, kind)) {
            Scope scope = testThread.call(below::enter);
            long both = testThread.call(() -> CpuLoad.millis(100));
            Scope elsewhere = testThread.call(other::enter);
            long outside = testThread.call(() -> CpuLoad.millis(50));
            testThread.run(elsewhere::close);
            testThread.run(scope::close);
            outside += testThread.call(() -> CpuLoad.millis(50));
            Usage whileItLives = Containers.usage(tenant, endpoint);
            Usage theOtherWay = Containers.usage(endpoint, tenant);
            long besides = testThread.cpuNanos() - both - outside;
            UsageAssertions.assertBurnt(whileItLives, both, besides);
            UsageAssertions.assertBurnt(theOtherWay, both, besides);
        }
        Usage usage = Containers.usage(tenant, endpoint);
        // Reads the second argument first.
        Usage earlier = Containers.usage(below, endpoint);
        UsageAssertions.assertSame(Containers.usage(endpoint, below), earlier);
        assertThat(tenant.usage().cpuNanos() - usage.cpuNanos())
                .isCloseTo(Containers.usage(tenant, other).cpuNanos(), within(5_000_000L));
        Usage ofBelow = Containers.usage(Containers.root(), below);
        UsageAssertions.assertSame(below.usage(), ofBelow);
        assertThat(usage.forks()).isZero();
        assertThat(Containers.usage(H1.root(), endpoint).forks()).isEqualTo(1);
        // After a container is removed, its parent has both numbers.
        below.remove();
        UsageAssertions.assertSame(Containers.usage(tenant, endpoint), usage);
    }

    @Scenario
    static void usageOfTwoContainersStaysWhenOneOrBothAreRemoved(ThreadKind kind) throws Exception {
        Container tenant = H1.at("/removed-" + kind);
        Container endpoint = H2.at("/removed-" + kind);
        try (TestThread testThread = TestThread.startIn(H1.root(), kind)) {
            Scope scope = testThread.call(() -> Containers.enter(tenant, endpoint));
            testThread.run(() -> CpuLoad.millis(20));
            testThread.run(scope::close);
        }
        Usage usage = Containers.usage(tenant, endpoint);
        assertThat(usage.cpuNanos()).isGreaterThan(20_000_000);
        tenant.remove();
        UsageAssertions.assertSame(Containers.usage(tenant, endpoint), usage);
        UsageAssertions.assertSame(Containers.usage(endpoint, tenant), usage);
        endpoint.remove();
        UsageAssertions.assertSame(Containers.usage(tenant, endpoint), usage);
        UsageAssertions.assertSame(Containers.usage(endpoint, tenant), usage);
    }

    @Scenario
    static void usageOfTwoContainersOfOneHierarchyIsRefused() {
        Container one = H1.at("/same-one");
        Container other = H1.at("/same-other");
        assertThatThrownBy(() -> Containers.usage(one, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenant:/same-one")
                .hasMessageContaining("tenant:/same-other");
    }
}
