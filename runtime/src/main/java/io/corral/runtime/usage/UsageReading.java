package io.corral.runtime.usage;

import io.corral.Container;
import io.corral.Usage;
import io.corral.runtime.accounting.OwnCost;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Memberships;
import io.corral.runtime.container.Trees;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One reading: settles all meters, then sums charges. Sums are of charges only, so that what has been
 * read once can only grow; and all the CPU time used before the reading began is in one of them, since to settle a meter is to wait
 * until whoever was about to charge has done so.
 *
 * <p>Readers exclude one another, so that one does the work, and a carrier is taken home by one at a
 * time. The lock of readers comes before {@link Trees#LOCK}. An exit callback goes without it, since
 * it may run on a carrier: the virtual thread that has the lock may wait for that very carrier.
 */
public final class UsageReading {

    private static final Object READERS = new Object();

    /** Without the agent nothing is. */
    private static final Usage UNKNOWN = new Usage(
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN);

    /** Whose usage is that of threads of the JVM's. Filled by the wiring. */
    private static final List<ContainerNode> VM_CONTAINERS = new CopyOnWriteArrayList<>();

    private static volatile boolean cpuKnown;
    private static volatile boolean allocationKnown;

    /** By account: what running threads have allocated since their last switch. */
    private final IdentityHashMap<Membership, Long> running = new IdentityHashMap<>();

    /** Of those of {@link #VM_CONTAINERS} that are asked for. */
    private final IdentityHashMap<ContainerNode, Long> vmCpuNanos = new IdentityHashMap<>();

    private UsageReading() {}

    /** Set by the wiring: a container that shows what threads of the JVM's have used. */
    public static void show(ContainerNode container, ContainerNode.VmUsage usage) {
        container.vmUsage(usage);
        VM_CONTAINERS.add(container);
    }

    /** Set by the wiring: which clocks there are. */
    public static void clocks(boolean cpu, boolean allocation) {
        cpuKnown = cpu;
        allocationKnown = allocation;
    }

    public static Usage of(ContainerNode container, boolean withChildren) {
        List<ContainerNode> ofVm = container.vmUsage() == null ? List.of() : List.of(container);
        return read(ofVm, reading -> reading.usage(container, withChildren));
    }

    public static Map<Container, Usage> ofAll(HierarchyTree hierarchy) {
        return read(VM_CONTAINERS, reading -> {
            Map<Container, Usage> usages = new LinkedHashMap<>();
            reading.total(hierarchy.root(), usages);
            return usages;
        });
    }

    /** Of several hierarchies at once. */
    public static Map<Container, Usage> ofAll() {
        return read(VM_CONTAINERS, reading -> {
            Map<Container, Usage> usages = new LinkedHashMap<>();
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                reading.total(hierarchy.root(), usages);
            }
            return usages;
        });
    }

    /** What was charged to both at once, descendants included. */
    public static Usage ofBoth(ContainerNode one, ContainerNode other) {
        HierarchyTree.checkTwo(one, other, "a usage of both");
        return read(List.of(), reading -> {
            UsageSum sum = new UsageSum();
            reading.both(one, other, sum);
            return reading.usage(sum);
        });
    }

    private interface Question<T> {
        T answer(UsageReading reading);
    }

    private static <T> T read(List<ContainerNode> ofVm, Question<T> question) {
        Member self = Members.isWoven() ? Members.currentOrNull() : null;
        if (self != null && self.runsExitCallbacks()) {
            return readLocked(ofVm, question, false);
        }
        synchronized (READERS) {
            return readLocked(ofVm, question, true);
        }
    }

    private static <T> T readLocked(List<ContainerNode> ofVm, Question<T> question, boolean alone) {
        long began = System.nanoTime();
        long beganCpu = OwnCost.beginReading();
        UsageReading reading = new UsageReading();
        if (Members.isWoven()) {
            Members.settleAll(alone);
            Members.forEachRunning(
                    (account, bytes) -> reading.running.merge(account, bytes, Long::sum));
        }
        try {
            // The JDK has a lock of its own around what lists the JVM's threads. Who waits for that
            // must neither have ours nor leave its carrier, with what others wait for on theirs.
            boolean pinned = Trees.pin();
            try {
                for (ContainerNode container : ofVm) {
                    reading.readVm(container);
                }
                synchronized (Trees.LOCK) {
                    return question.answer(reading);
                }
            } finally {
                Trees.unpin(pinned);
            }
        } finally {
            OwnCost.ofReading(began, beganCpu);
        }
    }

    private void readVm(ContainerNode container) {
        ContainerNode.VmUsage usage = container.vmUsage();
        if (usage != null) {
            vmCpuNanos.put(container, usage.cpuNanos());
        }
    }

    private Usage usage(ContainerNode container, boolean withChildren) {
        UsageSum sum = own(container);
        if (withChildren) {
            for (ContainerNode child : container.childNodes()) {
                sum.add(total(child, null));
            }
        }
        return usage(container, sum);
    }

    /** Sums a container and what is below it, and notes each container's usage, parents first. */
    private UsageSum total(
            ContainerNode container,
            @org.jspecify.annotations.Nullable Map<Container, Usage> usages) {
        UsageSum sum = own(container);
        Map<Container, Usage> below = usages == null ? null : new LinkedHashMap<>();
        for (ContainerNode child : container.childNodes()) {
            sum.add(total(child, below));
        }
        if (usages != null && below != null) {
            usages.put(container.api(), usage(container, sum));
            usages.putAll(below);
        }
        return sum;
    }

    private UsageSum own(ContainerNode container) {
        UsageSum sum = new UsageSum();
        Memberships all = container.memberships();
        for (int i = 0; i < all.size(); i++) {
            add(all.get(i), sum, !container.isRemoved());
        }
        return sum;
    }

    /** Only an account that is not retired itself may take over what it keeps for others. */
    private void add(Membership membership, UsageSum sum, boolean live) {
        if (live) {
            membership.retired.fold(membership.totals());
        }
        sum.add(membership);
        sum.add(membership.retired);
        sum.addRunningAllocated(running.getOrDefault(membership, 0L));
    }

    /** What was in a container when that was removed is in its own list from then on, and in no other's. */
    private void both(ContainerNode one, ContainerNode other, UsageSum sum) {
        if (one.isRemoved() || !other.isRemoved()) {
            charged(one, other, sum);
        }
        if (other.isRemoved()) {
            charged(other, one, sum);
        }
    }

    private void charged(ContainerNode one, ContainerNode other, UsageSum sum) {
        Memberships all = one.memberships();
        for (int i = 0; i < all.size(); i++) {
            Membership membership = all.get(i);
            if (isWithin(membership.container(other.hierarchy()), other)) {
                add(membership, sum, !one.isRemoved());
            }
        }
        for (ContainerNode child : one.childNodes()) {
            charged(child, other, sum);
        }
    }

    private static boolean isWithin(ContainerNode node, ContainerNode ancestor) {
        ContainerNode at = node;
        while (at != null && at != ancestor) {
            at = at.parent();
        }
        return at == ancestor;
    }

    private Usage usage(ContainerNode container, UsageSum sum) {
        Long vm = vmCpuNanos.get(container);
        return vm == null ? usage(sum) : sum.toVmUsage(vm);
    }

    private Usage usage(UsageSum sum) {
        return Members.isWoven() ? sum.toUsage(cpuKnown, allocationKnown) : UNKNOWN;
    }
}
