package io.corral.integration.usage;

import io.corral.Container;
import io.corral.Usage;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks that no reading is lower than one that ended before it began, on any thread. Counts
 * readings and those that have fallen.
 */
final class MonotonyCheck {

    private final ConcurrentHashMap<Object, Floor> floors = new ConcurrentHashMap<>();
    private final LongAdder readings = new LongAdder();
    private final LongAdder falls = new LongAdder();

    /** The values that must never fall. */
    private record Floor(long cpuNanos, long allocatedBytes, long forks, long exits) {

        static Floor of(Usage usage) {
            return new Floor(
                    usage.cpuNanos(), usage.allocatedBytes(), usage.forks(), usage.exits());
        }

        Floor max(Floor other) {
            return new Floor(
                    Math.max(cpuNanos, other.cpuNanos),
                    Math.max(allocatedBytes, other.allocatedBytes),
                    Math.max(forks, other.forks),
                    Math.max(exits, other.exits));
        }
    }

    /** @param of the key of the value that is read */
    void check(Object of, Supplier<Usage> reading) {
        Floor floor = floors.get(of);
        check(of, floor, reading.get());
    }

    void checkAll(Supplier<Map<Container, Usage>> reading) {
        Map<Object, Floor> before = new HashMap<>(floors);
        reading.get().forEach((container, usage) -> check(container, before.get(container), usage));
    }

    private void check(Object of, @Nullable Floor floor, Usage usage) {
        readings.increment();
        Floor now = Floor.of(usage);
        if (floor != null && !now.equals(now.max(floor))) {
            falls.increment();
            System.err.println(of + " fell from " + floor + " to " + now);
        }
        floors.merge(of, now, Floor::max);
    }

    long readings() {
        return readings.sum();
    }

    long falls() {
        return falls.sum();
    }
}
