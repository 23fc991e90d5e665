package io.corral.report.diff;

import io.corral.report.diff.ContainerChange.Presence;
import io.corral.report.diff.RecordedUsage.Amounts;
import io.corral.report.samples.StackTable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Two recordings, and what each container used in one and in the other. */
public final class Comparison {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Lengths that differ by a larger part are said to differ. */
    private static final double SAME_LENGTH = 0.1;

    private final RecordedUsage before;
    private final RecordedUsage after;
    private final StackTable stacks;

    private Comparison(RecordedUsage before, RecordedUsage after, StackTable stacks) {
        this.before = before;
        this.after = after;
        this.stacks = stacks;
    }

    /**
     * Reads both recordings, one after the other. Of a damaged one it reads as much as the parser
     * can.
     *
     * @throws IOException if a file is no recording, or has no events of Corral; the message says
     *     what to do
     */
    public static Comparison read(Path before, Path after) throws IOException {
        StackTable stacks = new StackTable();
        return new Comparison(
                RecordedUsage.read(before, stacks), RecordedUsage.read(after, stacks), stacks);
    }

    public RecordedUsage before() {
        return before;
    }

    public RecordedUsage after() {
        return after;
    }

    StackTable stacks() {
        return stacks;
    }

    /** Whether the shorter recording has at least nine tenths of the longer one's length. */
    public boolean haveSameLength() {
        double longer = Math.max(before.nanos(), after.nanos());
        return Math.abs(before.nanos() - after.nanos()) <= SAME_LENGTH * longer;
    }

    /** All containers of a hierarchy, those whose CPU time grew most first. */
    public List<ContainerChange> changes(String hierarchy, Basis basis) {
        List<ContainerChange> changes = new ArrayList<>();
        for (String path : union(before.paths(hierarchy), after.paths(hierarchy))) {
            changes.add(change(hierarchy, path, basis));
        }
        changes.sort(
                Comparator.comparingDouble((ContainerChange each) -> each.cpu().difference())
                        .reversed());
        return changes;
    }

    ContainerChange change(String hierarchy, String path, Basis basis) {
        Amounts one = before.amounts(hierarchy, path);
        Amounts other = after.amounts(hierarchy, path);
        Presence presence = !before.paths(hierarchy).contains(path)
                ? Presence.NEW
                : after.paths(hierarchy).contains(path) ? Presence.BOTH : Presence.GONE;
        return new ContainerChange(
                hierarchy,
                path,
                presence,
                change(one.cpuNanos(), other.cpuNanos(), basis),
                change(one.allocatedBytes(), other.allocatedBytes(), basis),
                change(one.started(), other.started(), basis));
    }

    /** What the process used, of CPU time also outside containers. */
    public Change whole(Resource resource, Basis basis) {
        return change(before.whole(resource), after.whole(resource), basis);
    }

    /** The names of the hierarchies that one of the two has, {@code main} first. */
    public List<String> hierarchies() {
        List<String> names = new ArrayList<>(union(before.hierarchies(), after.hierarchies()));
        names.remove("main");
        names.add(0, "main");
        return names;
    }

    Change change(double amountBefore, double amountAfter, Basis basis) {
        return new Change(amountBefore * factor(before, basis), amountAfter * factor(after, basis));
    }

    private static double factor(RecordedUsage recording, Basis basis) {
        return basis == Basis.RATE ? SECOND / recording.nanos() : 1;
    }

    /**
     * Whether both recordings have samples of the resource. Without them the code that grew is not
     * known.
     */
    public boolean hasSamples(Resource resource) {
        return samples(before, resource).size() > 0 && samples(after, resource).size() > 0;
    }

    /**
     * The samples of one of the recordings. If both have {@code jdk.ExecutionSample}, and only one
     * has {@code jdk.CPUTimeSample}, then samples of the same kind are compared.
     */
    SampledStacks samples(RecordedUsage recording, Resource resource) {
        if (resource == Resource.ALLOCATION) {
            return recording.allocations;
        }
        boolean bothTimed = before.cpuTimes.size() > 0 && after.cpuTimes.size() > 0;
        boolean bothExecuted = before.executions.size() > 0 && after.executions.size() > 0;
        boolean isTimed = bothTimed || (!bothExecuted && recording.cpuTimes.size() > 0);
        return isTimed ? recording.cpuTimes : recording.executions;
    }

    /**
     * By path and stack the change of what containers use themselves. The amounts of a container's
     * stacks add up to its exact usage.
     */
    Map<String, Map<Integer, Change>> byStack(String hierarchy, Resource resource, Basis basis) {
        int none = stackOfNone();
        Map<String, Map<Integer, Change>> changes = new TreeMap<>();
        for (RecordedUsage each : List.of(before, after)) {
            double factor = factor(each, basis);
            samples(each, resource)
                    .scaled(hierarchy, each.own(hierarchy, resource), none)
                    .forEach((path, byStack) -> {
                        Map<Integer, Change> all =
                                changes.computeIfAbsent(path, unseen -> new TreeMap<>());
                        byStack.forEach((stack, amount) -> all.merge(
                                stack,
                                each == before
                                        ? new Change(amount * factor, 0)
                                        : new Change(0, amount * factor),
                                Change::plus));
                    });
        }
        return changes;
    }

    /** The stack of what containers without samples used. */
    int stackOfNone() {
        return stacks.child(StackTable.ROOT, stacks.frame("(no samples)"));
    }

    private static Collection<String> union(Collection<String> one, Collection<String> other) {
        TreeSet<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
