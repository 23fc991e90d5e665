package io.corral.report.diff;

import io.corral.report.samples.StackTable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The methods that use more in the second recording, in one container and those below it. */
final class MethodChanges {

    private static final int SHOWN = 3;

    /** A smaller part of the container's growth is not shown. */
    private static final double SMALLEST = 0.05;

    /** The part from which on a method is said to be in all samples. */
    private static final double EVERYTHING = 0.99;

    /** Methods of the JDK and names that stand for no method say little with what they call. */
    private static final Pattern NOT_TELLING = Pattern.compile(
            "(java|javax|jdk|sun|com\\.sun|kotlin|scala)\\..*|\\(.*|.*\\$\\$Lambda.*");

    private final StackTable table;
    private final Map<Integer, Change> own = new HashMap<>();
    private final Map<Integer, Change> total = new HashMap<>();

    /** For each method the largest number of its callers in a stack. */
    private final Map<Integer, Integer> depths = new HashMap<>();

    private Change all = Change.NOTHING;

    MethodChanges(Comparison comparison, ContainerChange container, Resource of, Basis basis) {
        table = comparison.stacks();
        comparison.byStack(container.hierarchy(), of, basis).forEach((path, stacks) -> {
            if (isWithin(path, container.path())) {
                stacks.forEach(this::add);
            }
        });
    }

    private static boolean isWithin(String path, String container) {
        return container.equals("/")
                ? !path.equals("/jvm") && !path.startsWith("/jvm/")
                : path.equals(container) || path.startsWith(container + "/");
    }

    private void add(int stack, Change change) {
        all = all.plus(change);
        own.merge(table.frameOf(stack), change, Change::plus);
        Set<Integer> seen = new HashSet<>();
        int depth = 0;
        for (int node = stack; node != StackTable.ROOT; node = table.parent(node)) {
            depth++;
        }
        for (int node = stack; node != StackTable.ROOT; node = table.parent(node)) {
            int frame = table.frameOf(node);
            // A method that calls itself is counted once.
            if (seen.add(frame)) {
                total.merge(frame, change, Change::plus);
                depths.merge(frame, depth, Math::max);
            }
            depth--;
        }
    }

    /** The methods that grew most by themselves. */
    List<MethodChange> own() {
        return largest(own);
    }

    /**
     * The methods that grew most with what they call, without those that all samples have, and
     * those that call nothing.
     */
    List<MethodChange> total() {
        Map<Integer, Change> telling = new HashMap<>(total);
        telling.entrySet()
                .removeIf(each -> isEverywhere(each.getValue())
                        || each.getValue().equals(own.get(each.getKey()))
                        || NOT_TELLING.matcher(table.name(each.getKey())).matches());
        return largest(telling);
    }

    private boolean isEverywhere(Change change) {
        return change.before() >= EVERYTHING * all.before()
                && change.after() >= EVERYTHING * all.after();
    }

    /** Of methods that call each other and grew by the same amount, the called one is first. */
    private List<MethodChange> largest(Map<Integer, Change> changes) {
        double smallest = SMALLEST * all.difference();
        return changes.entrySet().stream()
                .filter(each -> each.getValue().difference() > 0
                        && each.getValue().difference() >= smallest)
                .sorted(Comparator.comparingDouble(
                                (Map.Entry<Integer, Change> each) -> weight(each.getValue()))
                        .thenComparing(each -> depths.getOrDefault(each.getKey(), 0))
                        .reversed())
                .limit(SHOWN)
                .map(each -> new MethodChange(table.name(each.getKey()), each.getValue()))
                .toList();
    }

    /**
     * The growth, weighted by its part of what the method uses now. So a method that is new or grew
     * several times is before its callers, which do other work too.
     */
    private static double weight(Change change) {
        double weight = change.difference() * (change.difference() / change.after());
        // Sums of the same samples in another order differ in the last digits.
        return Math.rint(weight * 1e3) / 1e3;
    }
}
