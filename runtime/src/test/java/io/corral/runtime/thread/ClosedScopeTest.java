package io.corral.runtime.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.api.Api;
import io.corral.runtime.container.Collected;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.MembershipTable;
import io.corral.runtime.membership.Places;
import io.corral.runtime.membership.Removal;
import io.corral.runtime.usage.Usages;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an idle thread keeps of the containers that it has left. */
class ClosedScopeTest {

    private static final HierarchyTree TREE = Trees.hierarchy("closed-scope");
    private static final HierarchyTree OTHER = Trees.hierarchy("closed-scope-other");

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    private final PlatformMember member =
            new PlatformMember(Thread.currentThread(), 1, Membership.ROOT, 0, 0);

    @Test
    void closedScopeKeepsNoRemovedContainer() {
        WeakReference<ContainerNode> removed = enterLeaveAndRemove(1);
        awaitCollected(removed);
    }

    @Test
    void scopeThatWasOpenedAgainKeepsNoRemovedContainer() {
        WeakReference<ContainerNode> removed = enterLeaveAndRemove(3);
        awaitCollected(removed);
    }

    private WeakReference<ContainerNode> enterLeaveAndRemove(int times) {
        ContainerNode container = TREE.root().create("removed");
        for (int i = 0; i < times; i++) {
            Scopes.leave(member, Scopes.enter(member, container));
        }
        Removal.remove(container);
        return new WeakReference<>(container);
    }

    /** The membership of both is retired by the first removal. */
    @Test
    void closedScopeInTwoContainersKeepsNeither() {
        ContainerNode parent = OTHER.root().create("parent");
        WeakReference<ContainerNode> second = enterTwo(parent);
        awaitCollected(second);
        Removal.remove(parent);
    }

    private WeakReference<ContainerNode> enterTwo(ContainerNode parent) {
        ContainerNode one = TREE.root().create("one");
        ContainerNode two = parent.create("two");
        Scopes.leave(member, Scopes.enter(member, Places.of(one, two)));
        Removal.remove(one);
        Removal.remove(two);
        return new WeakReference<>(two);
    }

    @Test
    void openScopeKeepsItsRemovedContainer() {
        ScopeFrame frame = Scopes.enter(member, TREE.root().create("open"));
        Removal.remove(member.working().container(TREE));
        read();
        System.gc();
        assertThat(member.working().container(TREE).path()).isEqualTo("/open");
        assertThat(member.working().isRemoved()).isTrue();
        Scopes.leave(member, frame);
        assertThat(member.working()).isSameAs(Membership.ROOT);
    }

    private void awaitCollected(WeakReference<ContainerNode> removed) {
        read();
        Collected.await(removed);
        Reference.reachabilityFence(member);
    }

    /** Readers know the container until they look again. */
    private static void read() {
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
        }
        Usages.of(TREE);
        Usages.of(OTHER);
    }
}
