package io.corral.integration.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Delegate;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.TestThread;
import io.corral.integration.support.ThreadCounts;

/** What the holder of a handle on a part of a tree can do, and what it can't. */
final class DelegateScenarios {

    private DelegateScenarios() {}

    @Scenario(53)
    static void delegateMovesNoThreadInOrOut(ThreadKind kind) throws Exception {
        Container above = Containers.at("/delegate/" + kind);
        Container delegated = above.create("delegated");
        Container beside = above.create("beside");
        Delegate handle = delegated.delegate();
        Delegate inner = handle.create("inner");
        try (TestThread outsider = TestThread.startIn(beside, kind);
                TestThread owners = TestThread.startIn(above, kind)) {
            for (TestThread outside : new TestThread[] {outsider, owners}) {
                Container from = Containers.of(outside.thread());
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> inner.attach(outside.thread()))
                        .withMessageEndingWith("can't be attached to " + inner + ": it is in "
                                + from + ", which is outside " + delegated);
                assertThat(Containers.of(outside.thread())).isSameAs(from);
            }
            assertThat(ThreadCounts.of(Containers.at(inner.path())))
                    .isEqualTo(new ThreadCounts(0, 0, 0));
        }
        for (String out : new String[] {"..", ".", "/", "/delegate", "../beside", ""}) {
            assertThatIllegalArgumentException().isThrownBy(() -> handle.at(out));
            assertThatIllegalArgumentException().isThrownBy(() -> handle.create(out));
        }
    }

    @Scenario(53)
    static void delegateMovesAThreadWithinItsContainer(ThreadKind kind) throws Exception {
        Container delegated = Containers.at("/delegate/within-" + kind);
        Delegate handle = delegated.delegate();
        Delegate one = handle.at("one/deep");
        Delegate two = handle.at("two");
        try (TestThread testThread = TestThread.startIn(delegated, kind)) {
            for (Delegate to : new Delegate[] {one, two, handle, two}) {
                to.attach(testThread.thread());
                assertThat(Containers.of(testThread.thread()).path()).isEqualTo(to.path());
            }
            // The owner pulls it out; then the holder can't bring it back.
            Containers.root().attach(testThread.thread());
            assertThatIllegalArgumentException().isThrownBy(() -> two.attach(testThread.thread()));
        }
    }

    @Scenario(53)
    static void threadWorkingOutsideTheDelegatedContainerCannotEnter(ThreadKind kind)
            throws Exception {
        Container delegated = Containers.at("/delegate/enter-" + kind);
        Delegate inner = delegated.delegate().at("inner");
        try (TestThread inside = TestThread.startIn(delegated, kind);
                TestThread outside = TestThread.startIn(Containers.at("/delegate/outside"), kind)) {
            assertThat(inside.call(() -> {
                        try (Scope scope = inner.enter()) {
                            return Containers.current().path();
                        }
                    }))
                    .isEqualTo(inner.path());
            assertThatIllegalStateException()
                    .isThrownBy(() -> outside.run(inner::enter))
                    .withMessageContaining("can't enter " + inner);
        }
    }

    @Scenario(53)
    static void delegateRemovesOnlyContainersBelowItsOwn() {
        Container delegated = Containers.at("/delegate/remove");
        Delegate handle = delegated.delegate();
        Delegate child = handle.at("child/grandchild");
        assertThatIllegalStateException().isThrownBy(() -> handle.at("child").remove());
        child.remove();
        assertThat(child.isRemoved()).isTrue();
        assertThat(handle.children()).hasToString("[main:/delegate/remove/child]");
        handle.at("child").remove();
        assertThat(handle.children()).isEmpty();
        assertThatThrownBy(handle::remove)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("container main:/delegate/remove is delegated; only its owner can"
                        + " remove it");
        delegated.remove();
        assertThatIllegalStateException().isThrownBy(() -> handle.create("late"));
    }
}
