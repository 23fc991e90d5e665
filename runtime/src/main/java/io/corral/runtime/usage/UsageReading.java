package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.accounting.OwnCost;
import io.corral.runtime.accounting.ProcessClock;
import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.CarrierPin;
import io.corral.runtime.membership.Combinations;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.MembershipTable;
import io.corral.runtime.rollup.Rollup;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.MeterReading;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One reading: settles meters, brings the sums of containers up to date, and answers a question.
 *
 * <p>Sums consist of charges only, so they never fall. They include all CPU time that was used
 * before the reading began, since to settle a meter waits for a thread that is about to charge.
 *
 * <p>{@link Trees#LOCK} is taken after the lock of readers. Readers exclude one another, so that
 * one of them does the work and moves resting carriers' meters home. A thread that runs another
 * thread's exit callbacks reads without that lock.
 */
final class UsageReading {

    private static final Object READERS = new Object();

    /** Guarded by {@link #READERS}. */
    private static final SkipPolicy SKIP_POLICY = new SkipPolicy();

    private final VmUsage vm = new VmUsage();

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

    /**
     * Reads all hierarchies at once.
     *
     * @param maySkipResting whether threads that rest may be skipped; see {@link SkipPolicy}
     */
    static UsageReading ofAll(boolean maySkipResting) {
        return readAll(maySkipResting, reading -> {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                reading.usages.put(hierarchy, reading.readUsages(hierarchy));
            }
            return reading;
        });
    }

    static <T> T readAll(boolean maySkipResting, Function<UsageReading, T> question) {
        return read(Trees.MAIN.root(), VmUsage.containers(), maySkipResting, question);
    }

    static <T> T read(ContainerNode scope, Function<UsageReading, T> question) {
        Set<ContainerNode> ofVm = VmUsage.isShownBy(scope) ? Set.of(scope) : Set.of();
        return read(scope, ofVm, false, question);
    }

    /**
     * @param scope the sums of this container and of those below it will be up to date
     * @param vmContainers those of them that may show CPU time of the JVM's own threads
     * @param question called under {@link Trees#LOCK}, when they are
     */
    static <T> T read(
            ContainerNode scope,
            Set<ContainerNode> vmContainers,
            boolean maySkipResting,
            Function<UsageReading, T> question) {
        Member self = Members.isWoven() ? Members.currentOrNull() : null;
        if (self != null && self.runsExitCallbacks()) {
            return new UsageReading(false).answer(scope, vmContainers, false, question);
        }
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (READERS) {
                return new UsageReading(true).answer(scope, vmContainers, maySkipResting, question);
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
    }

    private <T> T answer(
            ContainerNode scope,
            Set<ContainerNode> vmContainers,
            boolean maySkipResting,
            Function<UsageReading, T> question) {
        long began = System.nanoTime();
        long beganCpu = JvmClocks.ownCpuNanos();
        // A virtual thread must not leave its carrier while it holds a lock: other threads on all
        // carriers may wait for it, and the JDK's locks are needed below.
        boolean isPinned = CarrierPin.pin();
        try {
            MeterReading meters = Members.isWoven() ? new MeterReading(scope) : null;
            long number = update(meters, vmContainers, maySkipResting);
            IdentityHashMap<Membership, Long> uncharged = unchargedBytes(meters);
            IdentityHashMap<Membership, long[]> waiting = waitingTasks();
            synchronized (Trees.LOCK) {
                uncharged.forEach(
                        (membership, bytes) -> Rollup.addUncharged(membership, bytes, number));
                waiting.forEach((membership, sum) ->
                        Rollup.addWaitingTasks(membership, sum[0], sum[1], number));
                return question.apply(this);
            }
        } finally {
            CarrierPin.unpin(isPinned);
            OwnCost.addReading(began, beganCpu);
        }
    }

    /**
     * Settles the meters, and brings the sums up to date.
     *
     * @return the number of this reading; see {@link Rollup#update}
     */
    private long update(
            @Nullable MeterReading meters,
            Set<ContainerNode> vmContainers,
            boolean maySkipResting) {
        if (meters == null) {
            vm.read(vmContainers);
            return updateSums();
        }
        boolean skips = maySkipResting && meters.resting() > SkipPolicy.MANY;
        meters.settle(alone);
        if (!skips) {
            meters.settleResting(alone);
        }
        vm.read(vmContainers);
        long number = updateSums();
        if (skips && !SKIP_POLICY.maySkip(unexplainedNanos())) {
            meters.settleResting(alone);
            number = updateSums();
            SKIP_POLICY.allRead(unexplainedNanos());
        }
        return number;
    }

    private long updateSums() {
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
        long ofVm = vm.cpuNanos();
        return Usage.isKnown(processCpuNanos) && Usage.isKnown(ofVm)
                ? processCpuNanos - containerCpuNanos - ofVm
                : Usage.UNKNOWN;
    }

    /**
     * What running threads have allocated and not charged yet. It is read after the charges, so
     * bytes that are charged in between are missing in a sum; otherwise they would be in it twice.
     */
    private static IdentityHashMap<Membership, Long> unchargedBytes(@Nullable MeterReading meters) {
        IdentityHashMap<Membership, Long> uncharged = new IdentityHashMap<>();
        if (meters != null) {
            meters.forEachUncharged((account, bytes) -> {
                if (account instanceof Membership membership) {
                    uncharged.merge(membership.unmeasured(), bytes, Long::sum);
                }
            });
        }
        return uncharged;
    }

    /**
     * The number of tasks that wait in queues, and how long they have waited. It is read after the
     * charges, as {@link #unchargedBytes}.
     */
    private static IdentityHashMap<Membership, long[]> waitingTasks() {
        IdentityHashMap<Membership, long[]> waiting = new IdentityHashMap<>();
        long now = System.nanoTime();
        QueuedTime.forEachTask((account, sinceNanoTime) -> {
            if (account instanceof Membership membership) {
                long[] sum = waiting.computeIfAbsent(membership, each -> new long[2]);
                sum[0]++;
                sum[1] += Math.max(now - sinceNanoTime, 0);
            }
        });
        return waiting;
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
        return vm.cpuNanos();
    }

    UsageMap readUsages(HierarchyTree hierarchy) {
        UsageTable table = hierarchy.nodes.lastReading() instanceof UsageTable known
                ? known
                : new UsageTable(hierarchy.nodes);
        hierarchy.nodes.lastReading(table);
        return table.read(VmUsage.containers(), this::usage);
    }

    Usage usage(ContainerNode container, MutableUsage sum) {
        Usage ofVm = vm.of(container, sum);
        return ofVm == null ? toUsage(sum) : ofVm;
    }

    /** The sum as a usage; unknown without the agent. */
    static Usage toUsage(MutableUsage sum) {
        return Members.isWoven()
                ? sum.toUsage(JvmClocks.hasCpuTime(), JvmClocks.hasAllocatedBytes())
                : MutableUsage.UNKNOWN;
    }
}
