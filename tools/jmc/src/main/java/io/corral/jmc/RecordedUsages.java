package io.corral.jmc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.ItemFilters;

/** The usage of the containers of the hierarchy {@code main} during a recording. */
final class RecordedUsages {

    static final String USAGE = "corral.ContainerUsage";
    static final String TOTAL = "corral.ContainerTotal";
    private static final String CREATE = "corral.ContainerCreate";
    private static final String REMOVE = "corral.ContainerRemove";

    private static final String MAIN = "main";
    private static final String ROOT = "/";

    /** By path, so that a container comes before those below it. */
    private final Map<String, ContainerReadings> byPath = new TreeMap<>();

    private RecordedUsages() {}

    static RecordedUsages of(IItemCollection events) {
        RecordedUsages usages = new RecordedUsages();
        for (IItemIterable items : events.apply(ItemFilters.type(USAGE, TOTAL))) {
            usages.addReadings(items, items.getType().getIdentifier().equals(USAGE));
        }
        for (IItemIterable items : events.apply(ItemFilters.type(CREATE, REMOVE))) {
            usages.addChanges(items, items.getType().getIdentifier().equals(CREATE));
        }
        return usages;
    }

    private void addReadings(IItemIterable items, boolean hasDeltas) {
        EventFields fields = new EventFields(items);
        for (IItem item : items) {
            if (!MAIN.equals(fields.text(item, "hierarchy"))) {
                continue;
            }
            long at = fields.startNanos(item);
            ContainerReadings container = container(fields.text(item, "container"));
            container
                    .cpu()
                    .addTotal(
                            at,
                            fields.nanos(item, "totalCpuTime"),
                            hasDeltas ? fields.nanos(item, "cpuTime") : 0);
            container
                    .queued()
                    .addTotal(
                            at,
                            fields.nanos(item, "totalQueuedTime"),
                            hasDeltas ? fields.nanos(item, "queuedTime") : 0);
            long waits = fields.number(item, "totalWaits");
            if (waits >= 0) {
                container.waits().addTotal(at, waits, hasDeltas ? fields.number(item, "waits") : 0);
                container.addWaiting(at, fields.number(item, "waiting"));
            }
            long threads = fields.number(item, "threads");
            if (threads != EventFields.UNKNOWN) {
                container.addLiveThreads(at, threads + fields.number(item, "virtualThreads"));
            }
        }
    }

    private void addChanges(IItemIterable items, boolean areCreations) {
        EventFields fields = new EventFields(items);
        for (IItem item : items) {
            if (MAIN.equals(fields.text(item, "hierarchy"))) {
                ContainerReadings container = container(fields.text(item, "container"));
                if (areCreations) {
                    container.created();
                } else {
                    container.addLiveThreads(fields.startNanos(item), 0);
                }
            }
        }
    }

    private ContainerReadings container(@Nullable String path) {
        return byPath.computeIfAbsent(path == null ? "" : path, unused -> new ContainerReadings());
    }

    List<String> paths() {
        return List.copyOf(byPath.keySet());
    }

    /** CPU time of all containers. */
    long cpuNanos() {
        return container(ROOT).cpu().growth();
    }

    /** CPU time of a container without those below it. */
    long ownCpuNanos(String path) {
        long own = container(path).cpu().growth();
        for (String child : children(path)) {
            own -= container(child).cpu().growth();
        }
        return Math.max(own, 0);
    }

    /** Whether there are waits and their number. Earlier versions of Corral did not count them. */
    boolean hasWaits() {
        return container(ROOT).queued().isKnown() && container(ROOT).waits().isKnown();
    }

    /** Waits of a container that ended or had not ended yet, without those below it. */
    long ownWaits(String path) {
        long own = waits(path);
        for (String child : children(path)) {
            own -= waits(child);
        }
        return Math.max(own, 0);
    }

    private long waits(String path) {
        return container(path).waits().growth() + container(path).waitingAtEnd();
    }

    /** Queued time of a container without those below it. */
    long ownQueuedNanos(String path) {
        long own = container(path).queued().growth();
        for (String child : children(path)) {
            own -= container(child).queued().growth();
        }
        return Math.max(own, 0);
    }

    /** See {@link ContainerReadings#threadGrowth}. */
    long threadGrowth(String path) {
        return container(path).threadGrowth(container(ROOT).middleNanos());
    }

    List<String> children(String path) {
        String above = path.equals(ROOT) ? ROOT : path + "/";
        List<String> children = new ArrayList<>();
        for (String each : byPath.keySet()) {
            if (each.length() > above.length()
                    && each.startsWith(above)
                    && each.indexOf('/', above.length()) < 0) {
                children.add(each);
            }
        }
        return children;
    }
}
