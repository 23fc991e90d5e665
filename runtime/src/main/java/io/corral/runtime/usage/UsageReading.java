package io.corral.runtime.usage;

import io.corral.Container;
import io.corral.Usage;
import io.corral.runtime.accounting.OwnCost;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import java.lang.ref.Reference;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One reading: settles all meters, copies the set of containers and memberships, and sums their
 * charges.
 *
 * <p>Sums are of charges only, so what has been read once never falls. All CPU time used before the
 * reading began is in it, since settling a meter waits for the thread that is about to charge.
 *
 * <p>{@link Trees#LOCK} is held for the copy only, and is taken after the lock of readers. Readers
 * exclude one another, so that one of them does the work and moves resting carriers' meters home. A
 * thread that runs another thread's exit callbacks reads without that lock.
 */
public final class UsageReading {

    private static final Object READERS = new Object();

    /** The usage without the agent. */
    private static final Usage UNKNOWN = new Usage(
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN);

    /** Containers that show the JVM's own threads. Filled by the wiring. */
    private static final List<ContainerNode> VM_CONTAINERS = new CopyOnWriteArrayList<>();

    private static volatile boolean cpuKnown;
    private static volatile boolean allocationKnown;

    /** CPU time of {@link #VM_CONTAINERS}, as far as this reading includes them. */
    private final IdentityHashMap<ContainerNode, Long> vmCpuNanos = new IdentityHashMap<>();

    private final MembershipSums sums = new MembershipSums();

    /** The usages by hierarchy, if all hierarchies are read. */
    private final Map<HierarchyTree, Map<Container, Usage>> usages = new LinkedHashMap<>();

    /** Kept until the end, so that no account in it is folded; see {@link Branch}. */
    private @Nullable Object copy;

    /** Whether no other reader can be here at the same time. */
    private final boolean alone;

    private UsageReading(boolean alone) {
        this.alone = alone;
    }

    /** Set by the wiring: a container that shows CPU time of the JVM's own threads. */
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
        return read(ofVm, reading -> {
            Branch branch = reading.copy(
                    () -> withChildren ? Branch.copy(container) : Branch.copyAlone(container));
            reading.sums.add(reading.alone, branch);
            return reading.usage(container, reading.total(branch, null));
        });
    }

    public static Map<Container, Usage> ofAll(HierarchyTree hierarchy) {
        return read(VM_CONTAINERS, reading -> {
            reading.readAll(new HierarchyTree[] {hierarchy});
            return reading.usages(hierarchy);
        });
    }

    /** Reads all hierarchies at once. */
    static UsageReading ofAll() {
        return read(VM_CONTAINERS, reading -> {
            reading.readAll(Trees.hierarchies());
            return reading;
        });
    }

    /** Parents before their children; empty if the hierarchy was not read. */
    Map<Container, Usage> usages(HierarchyTree hierarchy) {
        return usages.getOrDefault(hierarchy, Map.of());
    }

    /** CPU time of the JVM's own threads, or {@link Usage#UNKNOWN}. */
    long vmCpuNanos() {
        long sum = 0;
        for (long nanos : vmCpuNanos.values()) {
            if (!Usage.isKnown(nanos)) {
                return Usage.UNKNOWN;
            }
            sum += nanos;
        }
        return sum;
    }

    /** The usage that was charged to both at once, descendants included. */
    public static Usage ofBoth(ContainerNode one, ContainerNode other) {
        HierarchyTree.checkTwo(one, other, "a usage of both");
        return read(List.of(), reading -> {
            UsageSum sum = new UsageSum();
            // A removed container keeps its memberships, which are in no other container's list.
            Branch[] copies = reading.copy(() -> new Branch[] {
                one.isRemoved() || !other.isRemoved() ? Branch.copy(one) : null,
                other.isRemoved() ? Branch.copy(other) : null
            });
            reading.sums.add(reading.alone, copies);
            reading.addWithin(copies[0], other, sum);
            reading.addWithin(copies[1], one, sum);
            return reading.usage(sum);
        });
    }

    private interface Question<T> {
        T answer(UsageReading reading);
    }

    private interface Copying<T> {
        T copy();
    }

    private static <T> T read(List<ContainerNode> ofVm, Question<T> question) {
        Member self = Members.isWoven() ? Members.currentOrNull() : null;
        if (self != null && self.runsExitCallbacks()) {
            return read(ofVm, question, false);
        }
        synchronized (READERS) {
            return read(ofVm, question, true);
        }
    }

    /** @param alone whether no other reader can be here at the same time */
    private static <T> T read(List<ContainerNode> ofVm, Question<T> question, boolean alone) {
        long began = System.nanoTime();
        long beganCpu = OwnCost.beginReading();
        UsageReading reading = new UsageReading(alone);
        try {
            if (Members.isWoven()) {
                Members.settleAll(alone);
            }
            reading.readVm(ofVm);
            return question.answer(reading);
        } finally {
            Reference.reachabilityFence(reading.copy);
            OwnCost.ofReading(began, beganCpu);
        }
    }

    /**
     * The JDK lists the JVM's threads under one of its locks. A virtual thread that waits for that
     * lock must not leave its carrier while it holds the lock of readers.
     */
    private void readVm(List<ContainerNode> containers) {
        boolean pinned = Trees.pin();
        try {
            for (ContainerNode container : containers) {
                ContainerNode.VmUsage usage = container.vmUsage();
                if (usage != null) {
                    vmCpuNanos.put(container, usage.cpuNanos());
                }
            }
        } finally {
            Trees.unpin(pinned);
        }
    }

    private <T> T copy(Copying<T> copying) {
        boolean pinned = Trees.pin();
        try {
            synchronized (Trees.LOCK) {
                T copied = copying.copy();
                copy = copied;
                return copied;
            }
        } finally {
            Trees.unpin(pinned);
        }
    }

    private void readAll(HierarchyTree[] hierarchies) {
        Branch[] roots = copy(() -> {
            Branch[] copies = new Branch[hierarchies.length];
            for (int i = 0; i < copies.length; i++) {
                copies[i] = Branch.copy(hierarchies[i].root());
            }
            return copies;
        });
        sums.add(alone, roots);
        for (int i = 0; i < roots.length; i++) {
            Map<Container, Usage> ofTree = new LinkedHashMap<>();
            total(roots[i], ofTree);
            usages.put(hierarchies[i], ofTree);
        }
    }

    /** Sums a container and those below it, and records each container's usage, parents first. */
    private UsageSum total(Branch branch, @Nullable Map<Container, Usage> into) {
        Container container = branch.container.api();
        if (into != null) {
            // Reserves the container's place in the order.
            into.put(container, UNKNOWN);
        }
        UsageSum sum = new UsageSum();
        for (int i = 0; i < branch.memberships.length; i++) {
            sum.add(sums.of(branch.memberships[i]));
        }
        for (Branch child : branch.children) {
            sum.add(total(child, into));
        }
        if (into != null) {
            into.put(container, usage(branch.container, sum));
        }
        return sum;
    }

    private void addWithin(@Nullable Branch branch, ContainerNode other, UsageSum into) {
        if (branch == null) {
            return;
        }
        for (int i = 0; i < branch.memberships.length; i++) {
            ContainerNode place = branch.memberships[i].container(other.hierarchy());
            if (isWithin(place, other)) {
                into.add(sums.of(branch.memberships[i]));
            }
        }
        for (Branch child : branch.children) {
            addWithin(child, other, into);
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
