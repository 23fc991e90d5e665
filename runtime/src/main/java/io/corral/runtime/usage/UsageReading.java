package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.accounting.AccountTotals;
import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.accounting.OwnCost;
import io.corral.runtime.accounting.ProcessClock;
import io.corral.runtime.accounting.VmThreads;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Combinations;
import io.corral.runtime.membership.Measurement;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.MembershipTable;
import io.corral.runtime.rollup.Rollup;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.MeterReading;
import io.corral.runtime.thread.OpenStays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One reading: settles meters, brings the sums of containers up to date, and returns usages.
 *
 * <p>Sums consist of charges only, so they never fall. They include all CPU time that was used
 * before the reading began, since to settle a meter waits for a thread that is about to charge.
 *
 * <p>{@link Trees#LOCK} is taken after the lock of readers. Readers exclude one another, so that
 * one of them does the work and moves resting carriers' meters home. A thread that runs another
 * thread's exit callbacks reads without that lock.
 */
public final class UsageReading {

    private static final Object READERS = new Object();

    /** The usage without the agent. */
    public static final Usage UNKNOWN = new Usage(
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN);

    /** Containers that show the CPU time of the JVM's own threads. Filled by the wiring. */
    private static final Map<ContainerNode, VmThreads.Kind> VM_CONTAINERS =
            new ConcurrentHashMap<>();

    /** Guarded by {@link #READERS}. */
    private static final SkipPolicy SKIP_POLICY = new SkipPolicy();

    /** CPU time of {@link #VM_CONTAINERS}, as far as this reading includes them. */
    private final IdentityHashMap<ContainerNode, Long> vmCpuNanos = new IdentityHashMap<>();

    /** The usages by hierarchy, if these are read. */
    private final Map<HierarchyTree, UsageMap> usages = new LinkedHashMap<>();

    /** Whether no other reader can run at the same time. */
    private final boolean alone;

    /** The CPU time charged to all containers, as of this reading. */
    private long containerCpuNanos;

    /** The CPU time of the process. Read after the containers, when it is first needed. */
    private long processCpuNanos = Usage.UNKNOWN;

    private UsageReading(boolean alone) {
        this.alone = alone;
    }

    /** Called by the wiring: adds a container that shows CPU time of the JVM's own threads. */
    public static void show(ContainerNode container, VmThreads.Kind kind) {
        VM_CONTAINERS.put(container, kind);
    }

    public static Usage of(ContainerNode container, boolean withChildren) {
        Set<ContainerNode> ofVm =
                VM_CONTAINERS.containsKey(container) ? Set.of(container) : Set.of();
        return read(
                container,
                ofVm,
                false,
                reading -> reading.usage(
                        container, withChildren ? container.sum() : container.ownSum()));
    }

    /** The usage of a measured task. Called when it has returned, before the measurement ends. */
    public static Usage of(Measurement measurement) {
        OpenStays open = OpenStays.settle(measurement);
        AccountTotals totals = measurement.totals();
        long platformExits = totals.platformExits();
        MutableUsage sum = new MutableUsage();
        sum.read(totals, platformExits, totals.virtualExits(), AccountTotals.LATEST);
        // This is read after the charges. So bytes that are charged in between are missing;
        // otherwise they would be counted twice.
        sum.addRunning(open.runningBytes(), new MutableUsage());
        return usage(sum);
    }

    public static UsageMap ofAll(HierarchyTree hierarchy) {
        return readAll(false, reading -> reading.usagesIn(hierarchy));
    }

    /**
     * Reads all hierarchies at once.
     *
     * @param mayRest whether threads that rest may be left out; see {@link SkipPolicy}
     */
    static UsageReading ofAll(boolean mayRest) {
        return readAll(mayRest, reading -> {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                reading.usages.put(hierarchy, reading.usagesIn(hierarchy));
            }
            return reading;
        });
    }

    /** Parents before their children; empty if the hierarchy was not read. */
    UsageMap usages(HierarchyTree hierarchy) {
        return usages.getOrDefault(hierarchy, UsageMap.EMPTY);
    }

    /** CPU time of the process, or {@link Usage#UNKNOWN}. */
    long processCpuNanos() {
        return Usage.isKnown(processCpuNanos) ? processCpuNanos : ProcessClock.cpuNanos();
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
        return read(one, Set.of(), false, reading -> {
            MutableUsage sum = CombinedUsage.of(one, other);
            return sum == null ? UNKNOWN : usage(sum);
        });
    }

    private static <T> T readAll(boolean mayRest, Function<UsageReading, T> question) {
        return read(Trees.MAIN.root(), VM_CONTAINERS.keySet(), mayRest, question);
    }

    /**
     * @param scope the sums of this container and of those below it will be up to date
     * @param question called under {@link Trees#LOCK}, when they are
     */
    private static <T> T read(
            ContainerNode scope,
            Set<ContainerNode> ofVm,
            boolean mayRest,
            Function<UsageReading, T> question) {
        Member self = Members.isWoven() ? Members.currentOrNull() : null;
        if (self != null && self.runsExitCallbacks()) {
            return new UsageReading(false).answer(scope, ofVm, false, question);
        }
        synchronized (READERS) {
            return new UsageReading(true).answer(scope, ofVm, mayRest, question);
        }
    }

    private <T> T answer(
            ContainerNode scope,
            Set<ContainerNode> ofVm,
            boolean mayRest,
            Function<UsageReading, T> question) {
        long began = System.nanoTime();
        long beganCpu = JvmClocks.ownCpuNanos();
        // A virtual thread must not leave its carrier while it holds a lock: other threads on all
        // carriers may wait for it, and the JDK's locks are needed below.
        boolean pinned = Trees.pin();
        try {
            MeterReading meters = Members.isWoven() ? new MeterReading(scope) : null;
            long number = update(meters, ofVm, mayRest);
            IdentityHashMap<Membership, Long> running = running(meters);
            synchronized (Trees.LOCK) {
                addRunning(running, number);
                return question.apply(this);
            }
        } finally {
            Trees.unpin(pinned);
            OwnCost.ofReading(began, beganCpu);
        }
    }

    /** Settles the meters, and brings the sums up to date. */
    private long update(@Nullable MeterReading meters, Set<ContainerNode> ofVm, boolean mayRest) {
        if (meters == null) {
            readVm(ofVm);
            return update();
        }
        boolean areLeftOut = mayRest && meters.resting() > SkipPolicy.MANY;
        meters.settle(alone);
        if (!areLeftOut) {
            meters.settleResting(alone);
        }
        readVm(ofVm);
        long number = update();
        if (areLeftOut && !SKIP_POLICY.maySkip(unexplainedNanos())) {
            meters.settleResting(alone);
            number = update();
            SKIP_POLICY.allRead(unexplainedNanos());
        }
        return number;
    }

    private long update() {
        synchronized (Trees.LOCK) {
            Combinations.sweepAtReading();
            long number = MembershipTable.updateSums();
            containerCpuNanos = Trees.MAIN.root().sum().cpuNanos();
            return number;
        }
    }

    /** CPU time of the process that is in no container, nor the JVM's own. */
    private long unexplainedNanos() {
        processCpuNanos = ProcessClock.cpuNanos();
        long vm = vmCpuNanos();
        return Usage.isKnown(processCpuNanos) && Usage.isKnown(vm)
                ? processCpuNanos - containerCpuNanos - vm
                : Usage.UNKNOWN;
    }

    /**
     * What running threads have allocated and not charged yet. It is read after the charges, so
     * bytes that are charged in between are missing in a sum; otherwise they would be in it twice.
     */
    private static IdentityHashMap<Membership, Long> running(@Nullable MeterReading meters) {
        IdentityHashMap<Membership, Long> running = new IdentityHashMap<>();
        if (meters != null) {
            meters.forEachUncharged((account, bytes) -> {
                if (account instanceof Membership membership) {
                    running.merge(membership.unmeasured(), bytes, Long::sum);
                }
            });
        }
        return running;
    }

    private static void addRunning(IdentityHashMap<Membership, Long> running, long number) {
        running.forEach((membership, bytes) -> Rollup.addRunning(membership, bytes, number));
    }

    private void readVm(Set<ContainerNode> containers) {
        if (!containers.isEmpty()) {
            VmThreads.JVM.read();
        }
        for (ContainerNode container : containers) {
            VmThreads.Kind kind = VM_CONTAINERS.get(container);
            if (kind != null) {
                vmCpuNanos.put(container, VmThreads.JVM.lastCpuNanos(kind));
            }
        }
    }

    private UsageMap usagesIn(HierarchyTree hierarchy) {
        UsageTable table = hierarchy.nodes.lastReading() instanceof UsageTable known
                ? known
                : new UsageTable(hierarchy.nodes);
        hierarchy.nodes.lastReading(table);
        return table.read(VM_CONTAINERS.keySet(), this::usage);
    }

    private Usage usage(ContainerNode container, MutableUsage sum) {
        Long vm = vmCpuNanos.get(container);
        return vm == null ? usage(sum) : sum.toVmUsage(vm);
    }

    private static Usage usage(MutableUsage sum) {
        return Members.isWoven()
                ? sum.toUsage(JvmClocks.hasCpuTime(), JvmClocks.hasAllocatedBytes())
                : UNKNOWN;
    }
}
