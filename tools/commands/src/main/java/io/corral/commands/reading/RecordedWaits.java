package io.corral.commands.reading;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Who ran while containers waited, in the whole of a recording. */
final class RecordedWaits {

    static final String EVENT = "corral.RanMeanwhile";

    private static final double NANOS = 1e9;

    /** The fields with the paths of the others, each with that of its part. */
    private static final Map<String, String> OTHERS =
            Map.of("first", "firstTime", "second", "secondTime", "third", "thirdTime");

    /** The sums of one container. */
    private static final class Waits {
        long nanos;
        final Map<String, Long> others = new HashMap<>();
    }

    /** By hierarchy and path. */
    private final Map<String, Map<String, Waits>> all = new HashMap<>();

    void add(RecordedEvent event) {
        Waits waits = all.computeIfAbsent(
                        event.getString("hierarchy"), name -> new LinkedHashMap<>())
                .computeIfAbsent(event.getString("container"), path -> new Waits());
        waits.nanos += event.getLong("waitedTime");
        OTHERS.forEach((path, nanos) -> {
            String other = event.getString(path);
            if (other != null) {
                waits.others.merge(other, event.getLong(nanos), Long::sum);
            }
        });
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** @return by path; null if nobody waited, or if that was not recorded */
    @Nullable Map<String, Meanwhile> of(String hierarchy, double seconds) {
        Map<String, Waits> waits = all.get(hierarchy);
        if (waits == null || !(seconds > 0)) {
            return null;
        }
        Map<String, Meanwhile> found = new HashMap<>();
        waits.forEach((path, each) -> found.put(
                path, Meanwhile.of(each.nanos / NANOS / seconds, each.nanos, each.others)));
        return found;
    }
}
