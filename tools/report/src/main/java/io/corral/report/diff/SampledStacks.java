package io.corral.report.diff;

import io.corral.report.placement.Place;
import io.corral.report.placement.Placements;
import io.corral.report.samples.Samples;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The samples of one kind in a recording, summed by container and stack. */
final class SampledStacks {

    private final String event;
    private final int size;

    /** By hierarchy, path and stack. */
    private final Map<String, Map<String, Map<Integer, Double>>> weights = new TreeMap<>();

    private final Map<Integer, Integer> counts = new HashMap<>();
    private int placed;

    /** @param paths the containers of each hierarchy */
    SampledStacks(Samples samples, Placements placements, Map<String, Set<String>> paths) {
        event = samples.event();
        size = samples.size();
        paths.keySet().forEach(hierarchy -> weights.put(hierarchy, new HashMap<>()));
        for (int i = 0; i < size; i++) {
            counts.merge(samples.stack(i), 1, Integer::sum);
            for (Map.Entry<String, Set<String>> hierarchy : paths.entrySet()) {
                Place place =
                        placements.find(hierarchy.getKey(), samples.thread(i), samples.nanos(i));
                String path = place.container();
                // A container has no totals if events were lost.
                if (path != null && hierarchy.getValue().contains(path)) {
                    add(hierarchy.getKey(), path, samples.stack(i), samples.weight(i));
                }
            }
        }
    }

    private void add(String hierarchy, String path, int stack, long weight) {
        weights(hierarchy)
                .computeIfAbsent(path, unseen -> new HashMap<>())
                .merge(stack, (double) weight, Double::sum);
        if (hierarchy.equals("main")) {
            placed++;
        }
    }

    private Map<String, Map<Integer, Double>> weights(String hierarchy) {
        return weights.computeIfAbsent(hierarchy, unseen -> new HashMap<>());
    }

    /** The name of the samples' events. */
    String event() {
        return event;
    }

    int size() {
        return size;
    }

    /** The number of samples that are in a container of the hierarchy {@code main}. */
    int placed() {
        return placed;
    }

    /** Adds to each stack the number of samples that it has. */
    void addCounts(int[] byStack) {
        counts.forEach((stack, count) -> byStack[stack] += count);
    }

    /**
     * The weights by path and stack, scaled so that those of a container add up to what it used
     * itself. What a container without samples used is at a stack that stands for none.
     *
     * @param own by path what each container used without those below it
     * @param none the stack that stands for none
     */
    Map<String, Map<Integer, Double>> scaled(String hierarchy, Map<String, Double> own, int none) {
        Map<String, Map<Integer, Double>> scaled = new TreeMap<>();
        own.forEach((path, amount) -> {
            Map<Integer, Double> sampled = weights(hierarchy).getOrDefault(path, Map.of());
            double sum =
                    sampled.values().stream().mapToDouble(Double::doubleValue).sum();
            if (amount <= 0) {
                return;
            }
            Map<Integer, Double> byStack = new HashMap<>();
            if (sum > 0) {
                sampled.forEach((stack, weight) -> byStack.put(stack, weight * amount / sum));
            } else {
                byStack.put(none, amount);
            }
            scaled.put(path, byStack);
        });
        return scaled;
    }
}
