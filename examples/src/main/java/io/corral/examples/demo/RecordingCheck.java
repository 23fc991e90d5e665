package io.corral.examples.demo;

import io.corral.examples.service.Shop;
import io.corral.examples.service.UsageReading;
import io.corral.examples.service.UsageReading.ContainerUsage;
import io.corral.examples.service.UsageReading.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the last totals in the recording against what the API said after the load had stopped.
 *
 * @param compared how many containers: the tenants' and the endpoints', where nothing goes on then
 * @param differences a line for each number that differs
 */
record RecordingCheck(int compared, List<String> differences) {

    static RecordingCheck of(Recording recording, UsageReading reading) {
        int compared = 0;
        List<String> differences = new ArrayList<>();
        for (ContainerUsage usage : reading.containers()) {
            if (restsAfterLoad(usage)) {
                compared++;
                compare(usage, recording.total(usage.hierarchy(), usage.container()), differences);
            }
        }
        return new RecordingCheck(compared, differences);
    }

    private static boolean restsAfterLoad(ContainerUsage usage) {
        return usage.hierarchy().equals("main")
                ? usage.container().startsWith("/tenants")
                : Shop.ENDPOINTS.contains(usage.container());
    }

    private static void compare(
            ContainerUsage usage, @Nullable ContainerTotal total, List<String> differences) {
        String name = usage.hierarchy() + ":" + usage.container();
        if (total == null) {
            differences.add(name + " is not in the recording");
            return;
        }
        Numbers said = usage.total();
        compare(name + " CPU nanoseconds", said.cpuNanos(), total.cpuNanos(), differences);
        compare(
                name + " bytes allocated",
                said.allocatedBytes(),
                total.allocatedBytes(),
                differences);
        compare(name + " threads", said.threads(), total.threads(), differences);
        compare(
                name + " virtual threads",
                said.virtualThreads(),
                total.virtualThreads(),
                differences);
        compare(name + " forks", said.forks(), total.forks(), differences);
        compare(name + " exits", said.exits(), total.exits(), differences);
    }

    private static void compare(
            String what, @Nullable Long said, long recorded, List<String> differences) {
        long known = Objects.requireNonNullElse(said, Amount.UNKNOWN);
        if (known != recorded) {
            differences.add(what
                    + ": the API said "
                    + Amount.count(known)
                    + ", the recording "
                    + Amount.count(recorded));
        }
    }
}
