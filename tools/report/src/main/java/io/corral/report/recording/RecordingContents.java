package io.corral.report.recording;

import io.corral.report.placement.Placements;
import io.corral.report.samples.Samples;
import io.corral.report.samples.StackTable;
import io.corral.report.usage.HierarchyHistory;
import io.corral.report.usage.LimitHistory;
import io.corral.report.usage.MeanwhileHistory;
import io.corral.report.usage.ProcessHistory;
import io.corral.report.waits.Waits;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The contents of a recording that a report needs. */
public final class RecordingContents {

    private static final String MAIN = "main";

    public final Map<String, HierarchyHistory> hierarchies = new TreeMap<>();
    /** By hierarchy and path, for containers with limits that had something to do. */
    public final Map<String, Map<String, LimitHistory>> limits = new TreeMap<>();

    /** By hierarchy and path, for containers whose ready threads waited for a CPU. */
    public final Map<String, Map<String, MeanwhileHistory>> meanwhile = new TreeMap<>();

    public final ProcessHistory process = new ProcessHistory();
    public final Placements placements = new Placements();
    public final StackTable stacks;
    public final Samples executions = new Samples("jdk.ExecutionSample");
    public final Samples cpuTimes = new Samples("jdk.CPUTimeSample");
    public final Waits waits = new Waits();
    public final Samples allocations = new Samples("jdk.ObjectAllocationSample");

    final JvmFacts jvm = new JvmFacts();
    final Settings settings = new Settings();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long lostBytes;
    private long lostSamples;
    private @Nullable String damage;

    private final HierarchyHistory main = new HierarchyHistory();

    RecordingContents(StackTable stacks) {
        this.stacks = stacks;
        hierarchies.put(MAIN, main);
    }

    HierarchyHistory hierarchy(String name) {
        return hierarchies.computeIfAbsent(name, unseen -> new HierarchyHistory(main));
    }

    void extendTo(long nanos) {
        first = Math.min(first, nanos);
        last = Math.max(last, nanos);
    }

    void addLostBytes(long bytes) {
        lostBytes += bytes;
    }

    void addLostSamples(long samples) {
        lostSamples += samples;
    }

    void setDamage(@Nullable String why) {
        damage = why;
    }

    /** Nanoseconds since the epoch. */
    public long start() {
        return first;
    }

    public long end() {
        return last;
    }

    /** Bytes of events that the JVM could not write. */
    public long lostBytes() {
        return lostBytes;
    }

    /** Samples of CPU time that the JVM could not take. */
    public long lostSamples() {
        return lostSamples;
    }

    /** The reason why the rest of the file could not be read; null if everything was read. */
    public @Nullable String damage() {
        return damage;
    }

    /** Pairs of a name and a text. */
    public Map<String, String> jvmFacts() {
        return jvm.all();
    }

    /** The value of an event's setting in the recording, or null if it is not recorded. */
    public @Nullable String setting(String type, String name) {
        return settings.value(type, name);
    }

    /**
     * The samples of CPU time: {@code jdk.CPUTimeSample} if there are any, else
     * {@code jdk.ExecutionSample}.
     */
    public Samples cpuSamples() {
        return cpuTimes.size() > 0 ? cpuTimes : executions;
    }
}
