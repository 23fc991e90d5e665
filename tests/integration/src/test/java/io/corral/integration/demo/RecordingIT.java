package io.corral.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.IMemberAccessor;
import org.openjdk.jmc.common.item.ItemFilters;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;

/** The demo's recording, read by the JDK's own tools and by Mission Control's core. */
@Isolated("may run the demo, which other tests must not disturb")
class RecordingIT {

    static List<Jdk> jdks() {
        return Jdk.eachInFullRun();
    }

    static List<Jdk> jdksWithView() {
        return Jdk.eachInFullRun().stream().filter(jdk -> jdk.feature() >= 21).toList();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void missionControlReadsTheSameLastTotals(Jdk jdk) throws Exception {
        DemoRun run = DemoRun.shared(jdk);
        Map<String, Long> expected = lastTotals(run);
        assertThat(expected).containsKey("main:/tenants/acme").hasSizeGreaterThan(10);
        IItemCollection totals = JfrLoaderToolkit.loadEvents(run.recording().toFile())
                .apply(ItemFilters.type("corral.ContainerTotal"));
        Map<String, Long> read = new HashMap<>();
        Map<String, Long> when = new HashMap<>();
        for (IItemIterable items : totals) {
            IMemberAccessor<String, IItem> hierarchy = string(items, "hierarchy");
            IMemberAccessor<String, IItem> container = string(items, "container");
            IMemberAccessor<IQuantity, IItem> cpuTime = quantity(items, "totalCpuTime");
            IMemberAccessor<IQuantity, IItem> start = quantity(items, "startTime");
            for (IItem item : items) {
                String name = hierarchy.getMember(item) + ":" + container.getMember(item);
                long at = start.getMember(item).clampedLongValueIn(UnitLookup.EPOCH_NS);
                if (at >= when.getOrDefault(name, Long.MIN_VALUE)) {
                    when.put(name, at);
                    read.put(
                            name,
                            cpuTime.getMember(item).clampedLongValueIn(UnitLookup.NANOSECOND));
                }
            }
        }
        assertThat(read).isEqualTo(expected);
    }

    private static Map<String, Long> lastTotals(DemoRun run) throws Exception {
        Map<String, Long> totals = new HashMap<>();
        List<RecordedEvent> events = new ArrayList<>(RecordingFile.readAllEvents(run.recording()));
        events.removeIf(event -> !event.getEventType().getName().equals("corral.ContainerTotal"));
        events.sort((one, other) -> one.getStartTime().compareTo(other.getStartTime()));
        for (RecordedEvent event : events) {
            totals.put(
                    event.getString("hierarchy") + ":" + event.getString("container"),
                    event.getLong("totalCpuTime"));
        }
        return totals;
    }

    /** {@code jfr print} then shows the container as the context of the thread's other events. */
    @ParameterizedTest
    @MethodSource("jdks")
    void containerOfAStayIsContextualIfTheJdkSupportsIt(Jdk jdk) throws Exception {
        try (RecordingFile file = new RecordingFile(DemoRun.shared(jdk).recording())) {
            List<String> annotations = file.readEventTypes().stream()
                    .filter(type -> type.getName().equals("corral.Residency"))
                    .flatMap(type -> type.getField("container").getAnnotationElements().stream())
                    .map(annotation -> annotation.getTypeName())
                    .toList();
            assertThat(annotations).contains("jdk.jfr.Label");
            assertThat(annotations.contains("jdk.jfr.Contextual")).isEqualTo(jdk.feature() >= 25);
        }
    }

    private static IMemberAccessor<String, IItem> string(IItemIterable items, String field) {
        return accessor(items, field);
    }

    private static IMemberAccessor<IQuantity, IItem> quantity(IItemIterable items, String field) {
        return accessor(items, field);
    }

    @SuppressWarnings("unchecked")
    private static <T> IMemberAccessor<T, IItem> accessor(IItemIterable items, String field) {
        return items.getType().getAccessorKeys().keySet().stream()
                .filter(key -> key.getIdentifier().equals(field))
                .map(key -> (IMemberAccessor<T, IItem>) items.getType().getAccessor(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Mission Control sees no field " + field));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void jfrPrintShowsTotalsWithTheirUnits(Jdk jdk) {
        ForkedJvm.Outcome printed = jfr(jdk, "print", "--events", "corral.ContainerTotal");
        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out())
                .contains("container = \"/tenants/acme\"")
                .containsPattern("totalCpuTime = [0-9.]+ m?s");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithView")
    void jfrViewShowsATableOfTotals(Jdk jdk) {
        ForkedJvm.Outcome viewed = jfr(jdk, "view", "--width", "200", "corral.ContainerTotal");
        assertThat(viewed.exitCode()).isZero();
        assertThat(viewed.out()).contains("/tenants/acme").contains("CPU Time");
    }

    private static ForkedJvm.Outcome jfr(Jdk jdk, String... arguments) {
        List<String> command = new ArrayList<>(List.of(jdk.command("jfr")));
        command.addAll(List.of(arguments));
        command.add(DemoRun.shared(jdk).recording().toString());
        return ForkedJvm.on(jdk).runCommand(command);
    }
}
