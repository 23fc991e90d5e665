package io.corral.runtime.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.accounting.Totals;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A copy of containers is summed without the lock, while containers are removed and folded. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BranchTest {

    private static final HierarchyTree TREE = Trees.hierarchy("branches");

    @Test
    void containerRemovedAfterTheCopyIsSummedOnce() {
        ContainerNode parent = TREE.root().create("removed-after");
        charge(parent.create("child"), 5);
        Branch copy = copy(parent);
        parent.child("child").remove();
        assertThat(cpuNanos(copy)).isEqualTo(5);
        assertThat(cpuNanos(copy(parent))).isEqualTo(5);
    }

    @Test
    void containerRemovedBeforeTheCopyIsNotFoldedWhileTheCopyIsSummed() {
        ContainerNode parent = TREE.root().create("removed-before");
        charge(parent, 1);
        WeakReference<Membership> retired = chargeAndRemove(parent, 5);
        Branch copy = copy(parent);
        System.gc();
        assertThat(retired.get()).isNotNull();
        assertThat(cpuNanos(copy(parent))).isEqualTo(6);
        assertThat(cpuNanos(copy)).isEqualTo(6);
        Reference.reachabilityFence(copy);
    }

    @Test
    void foldedAccountIsInLaterCopies() {
        ContainerNode parent = TREE.root().create("folded");
        charge(parent, 1);
        WeakReference<Membership> retired = chargeAndRemove(parent, 5);
        while (retired.get() != null) {
            System.gc();
        }
        Branch early = copy(parent);
        assertThat(cpuNanos(early)).isEqualTo(6);
        assertThat(cpuNanos(copy(parent))).isEqualTo(6);
        assertThat(cpuNanos(early)).isEqualTo(6);
    }

    @Test
    void removedContainerKeepsItsOwn() {
        ContainerNode parent = TREE.root().create("keeps");
        ContainerNode child = parent.create("child");
        charge(child, 5);
        child.remove();
        assertThat(cpuNanos(copy(child))).isEqualTo(5);
        assertThat(cpuNanos(copy(parent))).isEqualTo(5);
    }

    @Test
    void copyIsSummedWhileAnotherThreadHoldsTheLock() throws InterruptedException {
        ContainerNode parent = TREE.root().create("locked");
        charge(parent.create("child"), 5);
        Branch copy = copy(parent);
        long[] sum = new long[1];
        Thread reader = new Thread(() -> sum[0] = cpuNanos(copy));
        synchronized (Trees.LOCK) {
            reader.start();
            reader.join();
        }
        assertThat(sum[0]).isEqualTo(5);
    }

    private static void charge(ContainerNode container, long nanos) {
        Trees.ROOT.moveTo(container).totals().addCpuNanos(nanos);
    }

    private static WeakReference<Membership> chargeAndRemove(ContainerNode parent, long nanos) {
        ContainerNode child = parent.create("child");
        charge(child, nanos);
        WeakReference<Membership> membership = new WeakReference<>(Trees.ROOT.moveTo(child));
        child.remove();
        return membership;
    }

    private static Branch copy(ContainerNode container) {
        synchronized (Trees.LOCK) {
            return Branch.copy(container);
        }
    }

    private static long cpuNanos(Branch branch) {
        return sum(branch).toUsage(true, true).cpuNanos();
    }

    private static UsageSum sum(Branch branch) {
        UsageSum sum = new UsageSum();
        for (int i = 0; i < branch.memberships.length; i++) {
            UsageSum one = branch.exits(i);
            branch.addOthers(i, Totals.LATEST, one);
            sum.add(one);
        }
        for (Branch child : branch.children) {
            sum.add(sum(child));
        }
        return sum;
    }
}
