package io.corral.runtime.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;
import io.corral.runtime.accounting.Charges;
import io.corral.runtime.accounting.MovePhaser;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sums of containers, which readings bring up to date. */
@Timeout(120)
class RollupTest {

    private static final HierarchyTree TREE = Trees.hierarchy("rollup");
    private static final HierarchyTree OTHER = Trees.hierarchy("rollup-other");

    @Test
    void chargeIsAddedToTheContainerAndAllAboveItInEachHierarchy() {
        ContainerNode child = TREE.at("/charged/parent/child");
        ContainerNode other = OTHER.at("/charged");
        Membership both = Membership.ROOT.moveTo(child).moveTo(other);
        long before = cpuNanos(TREE.root());
        Charges.cpu(both, 5);
        Charges.cpu(Membership.ROOT.moveTo(child), 2);
        assertThat(cpuNanos(child)).isEqualTo(7);
        assertThat(cpuNanos(TREE.at("/charged"))).isEqualTo(7);
        assertThat(cpuNanos(other)).isEqualTo(5);
        assertThat(cpuNanos(TREE.root())).isEqualTo(before + 7);
        assertThat(cpuNanos(OTHER.root())).isEqualTo(before + 7);
    }

    @Test
    void removedContainerAndItsParentKeepTheSum() {
        ContainerNode parent = TREE.at("/keeps");
        ContainerNode child = parent.create("child");
        Membership in = Membership.ROOT.moveTo(child);
        Charges.cpu(in, 5);
        Charges.cpu(Membership.ROOT.moveTo(parent), 1);
        Removal.remove(child);
        // A scope that is still open.
        Charges.cpu(in, 3);
        assertThat(cpuNanos(child)).isEqualTo(8);
        assertThat(cpuNanos(parent)).isEqualTo(9);
        assertThat(ownCpuNanos(parent)).isEqualTo(9);
    }

    @Test
    void chargeToAnUnreachableAccountIsNotLost() {
        ContainerNode parent = TREE.at("/unreachable");
        for (int i = 0; i < 100; i++) {
            ContainerNode child = parent.create("child");
            Charges.cpu(Membership.ROOT.moveTo(child), 5);
            Removal.remove(child);
        }
        System.gc();
        assertThat(cpuNanos(parent)).isEqualTo(500);
    }

    /** The table of the hierarchy has no memory of them either. */
    @Test
    void removedContainersAreCollectedBeforeTheNextCreation() {
        ContainerNode parent = TREE.at("/made-before");
        List<WeakReference<ContainerNode>> removed = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            parent.create("child" + i);
        }
        for (int i = 0; i < 3_000; i++) {
            ContainerNode child = parent.at("child" + i);
            removed.add(new WeakReference<>(child));
            Removal.remove(child);
        }
        while (removed.get(0).get() != null) {
            System.gc();
        }
    }

    /** A reader may have read the sums, and look at them after a removal. */
    @Test
    void removalDuringAMoveSeesBothSidesOrNeither() throws Exception {
        ContainerNode parent = TREE.at("/moves");
        Membership from = Membership.ROOT.moveTo(parent.create("from"));
        Membership to = Membership.ROOT.moveTo(parent.create("to"));
        from.totals().pin();
        to.totals().pin();
        from.totals().markChanged();
        to.totals().markChanged();
        from.totals().prepareMove();
        to.totals().prepareMove();
        long phase = MovePhaser.MOVES.beginMove();
        from.totals().countMove(phase, false, -1);
        Thread remover = new Thread(() -> {
            for (int i = 0; i < 1_024; i++) {
                Removal.remove(parent.create("removed"));
            }
        });
        remover.start();
        while (remover.isAlive() && !waitsForMove(remover)) {
            Thread.onSpinWait();
        }
        to.totals().countMove(phase, false, 1);
        MovePhaser.MOVES.endMove();
        remover.join();
        synchronized (Trees.LOCK) {
            assertThat(parent.sum().toUsage(true, true).threads()).isZero();
        }
        from.totals().unpin();
        to.totals().unpin();
    }

    private static boolean waitsForMove(Thread reader) {
        return Arrays.stream(reader.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("beginPhase"));
    }

    /** A service may make a container for each request, and read no usage. */
    @Test
    void removedContainersAreCollectedBeforeTheNextReading() {
        ContainerNode parent = TREE.at("/requests");
        List<WeakReference<Membership>> removed = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            ContainerNode child = parent.create("child");
            Membership in = Membership.ROOT.moveTo(child);
            Charges.cpu(in, 1);
            removed.add(new WeakReference<>(in));
            Removal.remove(child);
        }
        while (removed.get(0).get() != null) {
            System.gc();
        }
        assertThat(cpuNanos(parent)).isEqualTo(3_000);
    }

    @Test
    void ownSumExcludesTheChildren() {
        ContainerNode parent = TREE.at("/own");
        Charges.cpu(Membership.ROOT.moveTo(parent), 1);
        Charges.cpu(Membership.ROOT.moveTo(parent.at("child/grandchild")), 5);
        assertThat(ownCpuNanos(parent)).isEqualTo(1);
        assertThat(ownCpuNanos(parent.at("child"))).isZero();
    }

    @Test
    void rootOfANewHierarchyHasTheSumOfTheOthers() {
        Charges.cpu(Membership.ROOT.moveTo(TREE.at("/before")), 5);
        cpuNanos(TREE.root());
        Charges.cpu(Membership.ROOT.moveTo(TREE.at("/before")), 3);
        HierarchyTree made = Trees.hierarchy("rollup-new");
        assertThat(cpuNanos(made.root())).isEqualTo(cpuNanos(TREE.root()));
    }

    /** Two readings that follow each other read what has changed, and nothing else. */
    @Test
    void unchangedMembershipIsNotReadAgain() {
        ContainerNode quiet = TREE.at("/quiet");
        ContainerNode busy = TREE.at("/busy");
        Membership inQuiet = Membership.ROOT.moveTo(quiet);
        Membership inBusy = Membership.ROOT.moveTo(busy);
        Charges.cpu(inQuiet, 1);
        Charges.cpu(inBusy, 1);
        cpuNanos(quiet);
        long readIn = inQuiet.readIn();
        Charges.cpu(inBusy, 1);
        assertThat(cpuNanos(busy)).isEqualTo(2);
        assertThat(inBusy.readIn()).isGreaterThan(readIn);
        assertThat(inQuiet.readIn()).isEqualTo(readIn);
    }

    @Test
    void chargesDuringReadingsAreNotLost() throws InterruptedException {
        List<Membership> memberships = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            memberships.add(Membership.ROOT
                    .moveTo(TREE.at("/race/c" + i))
                    .moveTo(OTHER.at("/race/c" + i % 7)));
        }
        List<Thread> charging = new ArrayList<>();
        int charges = 20_000;
        for (int t = 0; t < 3; t++) {
            charging.add(new Thread(() -> {
                ThreadLocalRandom chance = ThreadLocalRandom.current();
                for (int i = 0; i < charges; i++) {
                    Membership in = memberships.get(chance.nextInt(memberships.size()));
                    Charges.cpu(in, 1);
                    in.pin();
                    in.totals().countFork(true);
                    in.totals().countExit(true);
                    in.unpin();
                }
            }));
        }
        AtomicBoolean isOver = new AtomicBoolean();
        List<String> faults = new ArrayList<>();
        Thread reader = new Thread(() -> {
            long last = 0;
            while (!isOver.get()) {
                Usage usage = usage(TREE.at("/race"));
                Usage other = usage(OTHER.at("/race"));
                if (usage.cpuNanos() < last || usage.exits() > usage.forks()) {
                    faults.add(usage.toString());
                }
                last = usage.cpuNanos();
                if (other.virtualThreads() < 0) {
                    faults.add(other.toString());
                }
            }
        });
        reader.start();
        charging.forEach(Thread::start);
        for (Thread thread : charging) {
            thread.join();
        }
        isOver.set(true);
        reader.join();
        assertThat(faults).isEmpty();
        for (HierarchyTree tree : List.of(TREE, OTHER)) {
            Usage usage = usage(tree.at("/race"));
            assertThat(usage.cpuNanos()).isEqualTo(3 * charges);
            assertThat(usage.forks()).isEqualTo(3 * charges);
            assertThat(usage.exits()).isEqualTo(3 * charges);
            assertThat(usage.virtualThreads()).isZero();
        }
    }

    private static long cpuNanos(ContainerNode container) {
        return usage(container).cpuNanos();
    }

    private static long ownCpuNanos(ContainerNode container) {
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
            return container.ownSum().cpuNanos();
        }
    }

    private static Usage usage(ContainerNode container) {
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
            return container.sum().toUsage(true, true);
        }
    }
}
