package io.corral.integration.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.UsageAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Taking containers out of their hierarchy. */
final class RemovalScenarios {

    static {
        // Loads the code now, so that no container is charged for the loading.
        CpuLoad.millis(1);
    }

    private RemovalScenarios() {}

    @Scenario(42)
    static void removalOfAContainerWithAMemberIsRefused(ThreadKind kind) throws Exception {
        Container parent = Containers.at("/remove/member-" + kind);
        Container c = parent.create("c");
        try (TestThread testThread = TestThread.startIn(c, kind)) {
            assertThatThrownBy(c::remove)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(c.toString())
                    .hasMessageContaining("members");
            assertThat(c.isRemoved()).isFalse();
            assertThat(parent.children()).containsExactly(c);
            assertThat(testThread.call(Containers::current)).isSameAs(c);
            parent.attach(testThread.thread());
            c.remove();
        }
        assertThat(c.isRemoved()).isTrue();
        assertThat(parent.children()).isEmpty();
        assertThat(parent.usage().forks()).isEqualTo(1);
        assertThat(parent.usage().exits()).isEqualTo(1);
    }

    @Scenario(42)
    static void scopeInARemovedContainerIsChargedUntilItCloses(ThreadKind kind) throws Exception {
        Container parent = Containers.at("/remove/entered-" + kind);
        Usage last;
        try (TestThread testThread = TestThread.start(kind)) {
            Container c = parent.create("c");
            Scope scope = testThread.call(c::enter);
            long burnt = testThread.call(() -> CpuLoad.millis(50));
            c.remove();
            long atRemoval = c.usage().cpuNanos();
            assertThat(testThread.call(Containers::current)).isSameAs(c);
            burnt += testThread.call(() -> CpuLoad.millis(100));
            assertThat(c.usage().cpuNanos() - atRemoval).isGreaterThanOrEqualTo(100_000_000);
            testThread.run(scope::close);
            assertThat(testThread.call(Containers::current)).isSameAs(Containers.root());
            long outside = testThread.call(() -> CpuLoad.millis(50));
            last = c.usage();
            Usage ofParent = parent.ownUsage();
            long besides = testThread.cpuNanos() - burnt - outside;
            UsageAssertions.assertBurnt(last, burnt, besides);
            assertThat(ofParent.cpuNanos()).isGreaterThanOrEqualTo(last.cpuNanos());
            UsageAssertions.assertBurnt(ofParent, burnt, besides);
        }
        assertThat(parent.ownUsage().allocatedBytes())
                .isGreaterThanOrEqualTo(last.allocatedBytes());
        // The removed container is unreachable now; its charges stay.
        Usage before = parent.usage();
        for (int i = 0; i < 3; i++) {
            System.gc();
            UsageAssertions.assertSame(parent.usage(), before);
        }
    }

    @Scenario(43)
    static void removalOfAContainerWithAChildIsRefused() {
        Container a = Containers.at("/remove/family");
        Container child = a.create("child");
        assertThatThrownBy(a::remove)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("children [child]");
        assertThat(a.isRemoved()).isFalse();
        child.remove();
        a.remove();
        assertThat(a.isRemoved()).isTrue();
        assertThat(child.parent()).isSameAs(a);
    }

    @Scenario(45)
    static void removedContainerIsNeverRevived(ThreadKind kind) throws Exception {
        Container parent = Containers.at("/remove/revived-" + kind);
        Container old = parent.create("c");
        TestThread.startIn(old, kind).close();
        Usage oldUsage = old.usage();
        old.remove();
        refuses(old, "enter", old::enter);
        Container next = parent.at("c");
        assertThat(next).isNotSameAs(old).isNotEqualTo(old);
        assertThat(next.usage())
                .isEqualTo(new Usage(
                        0, 0, 0, 0, 0, 0, 0, 0, Usage.UNKNOWN, Usage.UNKNOWN, Usage.UNKNOWN));
        TestThread.startIn(next, kind).close();
        refuses(old, "enter", old::enter);
        assertThat(old.isRemoved()).isTrue();
        UsageAssertions.assertSame(old.usage(), oldUsage);
        assertThat(next.usage().forks()).isEqualTo(1);
        assertThat(parent.children()).containsExactly(next);
    }

    @Scenario(47)
    static void removedContainerRefusesThreadsAndStaysReadable(ThreadKind kind) throws Exception {
        Container parent = Containers.at("/remove/taken-out-" + kind);
        Container c = parent.create("c");
        TestThread.startIn(c, kind).close();
        c.remove();
        refuses(c, "enter", c::enter);
        refuses(c, "enter", () -> c.run(() -> {}));
        refuses(c, "enter", () -> c.call(() -> 1));
        refuses(c, "create", () -> c.create("child"));
        refuses(c, "create", () -> c.at("child/below"));
        refuses(c, "remove", c::remove);
        try (TestThread testThread = TestThread.startIn(parent, kind)) {
            refuses(c, "attach", () -> c.attach(testThread.thread()));
            assertThat(testThread.call(Containers::current)).isSameAs(parent);
        }
        Thread unborn = kind.unstarted(() -> {});
        refuses(c, "start", () -> c.start(unborn));
        assertThat(unborn.getState()).isEqualTo(Thread.State.NEW);
        unborn.start();
        unborn.join();

        assertThat(c.name()).isEqualTo("c");
        assertThat(c.path()).isEqualTo(parent.path() + "/c");
        assertThat(c.parent()).isSameAs(parent);
        assertThat(c.children()).isEmpty();
        assertThat(c.threads()).isEmpty();
        assertThat(c.isPopulated()).isFalse();
        assertThat(c.usage().forks()).isEqualTo(1);
        assertThat(c.usage().exits()).isEqualTo(1);
        assertThat(c.usage().cpuNanos()).isPositive();
    }

    private static void refuses(Container removed, String what, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(what)
                .hasMessageContaining(removed.hierarchy() + ":" + removed.path())
                .hasMessageContaining("was removed");
    }

    @Scenario(49)
    static void parentOfANewContainerIsTheOneThatCreatedIt() throws Exception {
        Container p = Containers.root().create("remove-49");
        assertThat(p.parent()).isSameAs(Containers.root());
        Container child = p.call(() -> p.create("child"));
        assertThat(child.parent()).isSameAs(p);
        assertThat(child.path()).isEqualTo("/remove-49/child");
        assertThat(p.children()).containsExactly(child);
        Container fromInside = child.call(() -> Containers.root().create("remove-49-root"));
        assertThat(fromInside.parent()).isSameAs(Containers.root());
        assertThat(Containers.root().children()).contains(p, fromInside);
        assertThatThrownBy(Containers.root()::remove)
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
