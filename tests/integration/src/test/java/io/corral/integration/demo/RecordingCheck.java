package io.corral.integration.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Compares the last totals in the recording with the usage that the API returned after the load.
 *
 * @param compared the number of containers: the tenants' and the endpoints', which are idle by then
 * @param differences one line for each number that differs
 */
record RecordingCheck(int compared, List<String> differences) {

    private static final List<String> ENDPOINTS =
            List.of("/orders", "/digest", "/report", "/query");

    /** By the name in the API's reading, the name in the event. */
    private static final Map<String, String> NUMBERS = Map.of(
            "cpuNanos", "totalCpuTime",
            "allocatedBytes", "totalAllocated",
            "threads", "threads",
            "virtualThreads", "virtualThreads",
            "forks", "forks",
            "exits", "exits");

    /** @param containers the API's reading, in the form of the demo's JSON */
    static RecordingCheck of(Path recording, List<?> containers) throws IOException {
        Map<String, RecordedEvent> totals = lastTotals(recording);
        int compared = 0;
        List<String> differences = new ArrayList<>();
        for (Object each : containers) {
            Map<?, ?> container = (Map<?, ?>) each;
            if (isIdleAfterLoad(container)) {
                compared++;
                compare(name(container), container, totals, differences);
            }
        }
        return new RecordingCheck(compared, differences);
    }

    private static Map<String, RecordedEvent> lastTotals(Path recording) throws IOException {
        List<RecordedEvent> events = new ArrayList<>(RecordingFile.readAllEvents(recording));
        events.removeIf(event -> !event.getEventType().getName().equals("corral.ContainerTotal"));
        events.sort(Comparator.comparing(RecordedEvent::getEndTime));
        Map<String, RecordedEvent> totals = new HashMap<>();
        events.forEach(event -> totals.put(
                event.getString("hierarchy") + ":" + event.getString("container"), event));
        return totals;
    }

    private static String name(Map<?, ?> container) {
        return container.get("hierarchy") + ":" + container.get("container");
    }

    private static boolean isIdleAfterLoad(Map<?, ?> container) {
        String path = String.valueOf(container.get("container"));
        return String.valueOf(container.get("hierarchy")).equals("main")
                ? path.startsWith("/tenants")
                : ENDPOINTS.contains(path);
    }

    private static void compare(
            String name,
            Map<?, ?> container,
            Map<String, RecordedEvent> totals,
            List<String> differences) {
        RecordedEvent total = totals.get(name);
        if (total == null) {
            differences.add(name + " is not in the recording");
            return;
        }
        NUMBERS.forEach((number, field) -> {
            long read = ((Number) container.get(number)).longValue();
            if (read != total.getLong(field)) {
                differences.add(name + " " + number + ": the API returned " + read
                        + ", the recording has " + total.getLong(field));
            }
        });
    }
}
