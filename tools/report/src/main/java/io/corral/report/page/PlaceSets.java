package io.corral.report.page;

import io.corral.report.placement.Place;
import io.corral.report.placement.UnplacedReason;
import io.corral.report.recording.RecordingContents;
import io.corral.report.samples.Samples.SampledThread;
import io.corral.report.usage.ContainerHistory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sets of places that samples have. A set has one number for each hierarchy: the number of a
 * container, or a negative number for the reason why the sample was not placed. Samples with the
 * same places share a set.
 */
final class PlaceSets {

    /** The reason {@code n} has the number {@code -1 - n}. */
    static final List<UnplacedReason> REASONS = List.of(UnplacedReason.values());

    private final RecordingContents contents;
    private final List<Map<String, Integer>> containers = new ArrayList<>();
    private final Map<List<Integer>, Integer> sets = new LinkedHashMap<>();

    PlaceSets(RecordingContents contents) {
        this.contents = contents;
        contents.hierarchies.values().forEach(hierarchy -> {
            Map<String, Integer> numbers = new HashMap<>();
            for (ContainerHistory container : hierarchy.containers()) {
                numbers.put(container.path(), numbers.size());
            }
            containers.add(numbers);
        });
    }

    /** The number of the set of a sample. */
    int find(SampledThread thread, long nanos) {
        List<Integer> places = new ArrayList<>();
        for (String hierarchy : contents.hierarchies.keySet()) {
            Place place = contents.placements.find(hierarchy, thread, nanos);
            places.add(number(place, containers.get(places.size())));
        }
        return sets.computeIfAbsent(places, unseen -> sets.size());
    }

    private static int number(Place place, Map<String, Integer> numbers) {
        UnplacedReason reason = place.unplaced();
        if (reason != null) {
            return unplaced(reason);
        }
        // Each container with a stay or a member also has totals. They can be missing if events
        // were lost.
        Integer number = numbers.get(place.container());
        return number == null ? unplaced(UnplacedReason.NO_HOME) : number;
    }

    private static int unplaced(UnplacedReason reason) {
        return -1 - REASONS.indexOf(reason);
    }

    List<List<Integer>> all() {
        return List.copyOf(sets.keySet());
    }
}
