package io.corral.report.diff;

import io.corral.report.recording.RecordingContents;
import io.corral.report.recording.RecordingReader;
import io.corral.report.samples.Samples;
import io.corral.report.samples.StackTable;
import io.corral.report.usage.HierarchyHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One of the two recordings, reduced to what a comparison needs. So only one recording at a time is
 * in memory.
 */
public final class RecordedUsage {

    private static final String ROOT = "/";

    /**
     * What a container used, with those below it.
     *
     * @param started threads of both kinds
     */
    record Amounts(double cpuNanos, double allocatedBytes, double started) {
        static final Amounts NOTHING = new Amounts(0, 0, 0);

        double of(Resource resource) {
            return resource == Resource.CPU ? cpuNanos : allocatedBytes;
        }
    }

    private final String name;
    private final long nanos;
    private final Map<String, String> facts;
    private final @Nullable String damage;
    private final long lostBytes;
    private final boolean hasStays;
    private final @Nullable Double processNanos;

    /** By hierarchy and path. */
    private final Map<String, Map<String, Amounts>> containers = new TreeMap<>();

    final SampledStacks executions;
    final SampledStacks cpuTimes;
    final SampledStacks allocations;

    private RecordedUsage(String name, RecordingContents contents) {
        this.name = name;
        nanos = Math.max(1, contents.end() - contents.start());
        facts = contents.jvmFacts();
        damage = contents.damage();
        lostBytes = contents.lostBytes();
        hasStays = contents.placements.hasStays();
        processNanos = contents.process.processNanos();
        contents.hierarchies.forEach((hierarchy, history) -> {
            Map<String, Amounts> all = new TreeMap<>();
            history.containers()
                    .forEach(each -> all.put(
                            each.path(),
                            new Amounts(each.cpuNanos(), each.allocatedBytes(), each.forked())));
            containers.put(hierarchy, all);
        });
        executions = stacks(contents.executions, contents);
        cpuTimes = stacks(contents.cpuTimes, contents);
        allocations = stacks(contents.allocations, contents);
    }

    /** @param stacks gets the stacks of the recording; the other one has its stacks there too */
    static RecordedUsage read(Path file, StackTable stacks) throws IOException {
        return new RecordedUsage(file.toString(), RecordingReader.read(file, stacks));
    }

    private SampledStacks stacks(Samples samples, RecordingContents contents) {
        Map<String, Set<String>> paths = new HashMap<>();
        containers.forEach((hierarchy, all) -> paths.put(hierarchy, new HashSet<>(all.keySet())));
        return new SampledStacks(samples, contents.placements, paths);
    }

    /** The file, as the command was given it. Often two files differ in their folder only. */
    public String name() {
        return name;
    }

    /** How long the recording is. */
    public long nanos() {
        return nanos;
    }

    /** The reason why the rest of the file could not be read; null if everything was read. */
    public @Nullable String damage() {
        return damage;
    }

    /** Pairs of a name and a text about the JVM. */
    Map<String, String> facts() {
        return facts;
    }

    /** Bytes of events that the JVM could not write. */
    long lostBytes() {
        return lostBytes;
    }

    boolean hasStays() {
        return hasStays;
    }

    /** What the process used: of CPU time all if that is known, else what containers used. */
    double whole(Resource resource) {
        Double known = resource == Resource.CPU ? processNanos : null;
        return known == null ? amounts("main", ROOT).of(resource) : known;
    }

    Set<String> hierarchies() {
        return containers.keySet();
    }

    Set<String> paths(String hierarchy) {
        return containers.getOrDefault(hierarchy, Map.of()).keySet();
    }

    /** Nothing if the recording has no such container. */
    Amounts amounts(String hierarchy, String path) {
        return containers.getOrDefault(hierarchy, Map.of()).getOrDefault(path, Amounts.NOTHING);
    }

    /** By path what each container used without those below it. */
    Map<String, Double> own(String hierarchy, Resource resource) {
        return own(hierarchy, amounts -> amounts.of(resource));
    }

    private Map<String, Double> own(String hierarchy, ToDoubleFunction<Amounts> of) {
        Map<String, Double> own = new TreeMap<>();
        containers
                .getOrDefault(hierarchy, Map.of())
                .forEach((path, amounts) -> own.put(path, of.applyAsDouble(amounts)));
        for (String path : Set.copyOf(own.keySet())) {
            if (!path.equals(ROOT) && !HierarchyHistory.belongsToJvm(path)) {
                double part = of.applyAsDouble(amounts(hierarchy, path));
                own.computeIfPresent(
                        HierarchyHistory.parent(path), (above, amount) -> amount - part);
            }
        }
        // Readings of a parent and a child can differ a little when a chunk ends.
        own.replaceAll((path, amount) -> Math.max(0, Objects.requireNonNull(amount)));
        return own;
    }
}
