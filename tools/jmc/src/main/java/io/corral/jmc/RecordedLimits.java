package io.corral.jmc;

import io.corral.jmc.ContainerReadings.Growth;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.ItemFilters;

/** What the limits of the containers of the hierarchy {@code main} did during a recording. */
final class RecordedLimits {

    static final String STATISTICS = "corral.LimitStatistics";
    private static final String CHANGE = "corral.LimitChange";
    private static final String EXCEEDED = "corral.LimitExceeded";

    private static final String MAIN = "main";

    /** Later first events tell that a container's limits had nothing to do: two periods. */
    private static final long LATE_NANOS = 2_000_000_000;

    private final Map<String, Limited> byPath = new TreeMap<>();
    private long beginNanos = Long.MAX_VALUE;

    private RecordedLimits() {}

    /** A count of an event. */
    private enum Count {
        ADMITTED("admitted"),
        WAITED("waited"),
        WAITED_NANOS("waitedTime"),
        SHED("shed");

        private final String field;

        Count(String field) {
            this.field = field;
        }
    }

    /** One container with limits. */
    static final class Limited {

        private final Map<Count, Growth> counts = new EnumMap<>(Count.class);
        private final Set<String> controls = new TreeSet<>();
        private long firstNanos = Long.MAX_VALUE;
        private boolean wasSet;

        private Limited() {
            for (Count each : Count.values()) {
                counts.put(each, new Growth());
            }
        }

        private void add(EventFields fields, IItem event) {
            long at = fields.startNanos(event);
            firstNanos = Math.min(firstNanos, at);
            counts.forEach((count, growth) -> growth.addTotal(
                    at,
                    count == Count.WAITED_NANOS
                            ? fields.nanos(event, count.field)
                            : fields.number(event, count.field),
                    0));
        }

        private long of(Count count) {
            Growth growth = counts.get(count);
            return growth == null ? 0 : growth.growth();
        }

        /** The requests that came to the door. */
        long requests() {
            return of(Count.ADMITTED) + of(Count.SHED);
        }

        long refused() {
            return of(Count.SHED);
        }

        /** Those that waited, whether they were refused then or not. */
        long waited() {
            return of(Count.WAITED);
        }

        double meanWaitNanos() {
            return (double) of(Count.WAITED_NANOS) / Math.max(1, waited());
        }

        /** The controls that were exceeded and not only counted, in the order of their names. */
        Set<String> controls() {
            return controls;
        }
    }

    static RecordedLimits of(IItemCollection events) {
        RecordedLimits limits = new RecordedLimits();
        for (IItemIterable items : events.apply(ItemFilters.type(RecordedUsages.TOTAL))) {
            EventFields fields = new EventFields(items);
            for (IItem item : items) {
                limits.beginNanos = Math.min(limits.beginNanos, fields.startNanos(item));
            }
        }
        for (IItemIterable items : events.apply(ItemFilters.type(STATISTICS, CHANGE, EXCEEDED))) {
            String type = items.getType().getIdentifier();
            EventFields fields = new EventFields(items);
            for (IItem item : items) {
                String path = fields.text(item, "container");
                if (path != null && MAIN.equals(fields.text(item, "hierarchy"))) {
                    limits.add(type, fields, item, path);
                }
            }
        }
        limits.byPath.values().removeIf(each -> each.firstNanos == Long.MAX_VALUE);
        limits.byPath.values().forEach(limits::begin);
        return limits;
    }

    private void add(String type, EventFields fields, IItem event, String path) {
        Limited container = byPath.computeIfAbsent(path, unused -> new Limited());
        switch (type) {
            case STATISTICS -> container.add(fields, event);
            case CHANGE -> container.wasSet |= "none".equals(fields.text(event, "oldValue"));
            default -> {
                String control = fields.text(event, "control");
                if (control != null && "enforce".equals(fields.text(event, "mode"))) {
                    container.controls.add(control);
                }
            }
        }
    }

    /** Limits that have had nothing to do have no events. */
    private void begin(Limited container) {
        if (container.wasSet || container.firstNanos - beginNanos > LATE_NANOS) {
            container.counts.values().forEach(Growth::beginAtZero);
        }
    }

    /** The containers with limits that had something to do, by their paths. */
    Map<String, Limited> containers() {
        return byPath;
    }
}
