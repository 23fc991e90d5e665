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
 * Compares the last totals in the recording with the usage that the API returned after the load.
 *
 * @param compared the number of containers: the tenants' and the endpoints', which are idle by then
 * @param differences one line for each number that differs
 */
record RecordingCheck(int compared, List<String> differences) {

    static RecordingCheck of(Recording recording, UsageReading reading) {
        int compared = 0;
        List<String> differences = new ArrayList<>();
        for (ContainerUsage usage : reading.containers()) {
            if (isIdleAfterLoad(usage)) {
                compared++;
                compare(usage, recording.total(usage.hierarchy(), usage.container()), differences);
            }
        }
        return new RecordingCheck(compared, differences);
    }

    private static boolean isIdleAfterLoad(ContainerUsage usage) {
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
        Numbers read = usage.total();
        compare(name + " CPU nanoseconds", read.cpuNanos(), total.cpuNanos(), differences);
        compare(
                name + " bytes allocated",
                read.allocatedBytes(),
                total.allocatedBytes(),
                differences);
        compare(name + " threads", read.threads(), total.threads(), differences);
        compare(
                name + " virtual threads",
                read.virtualThreads(),
                total.virtualThreads(),
                differences);
        compare(name + " forks", read.forks(), total.forks(), differences);
        compare(name + " exits", read.exits(), total.exits(), differences);
    }

    private static void compare(
            String what, @Nullable Long read, long recorded, List<String> differences) {
        long known = Objects.requireNonNullElse(read, Amount.UNKNOWN);
        if (known != recorded) {
            differences.add(what
                    + ": the API returned "
                    + Amount.count(known)
                    + ", the recording has "
                    + Amount.count(recorded));
        }
    }
}
