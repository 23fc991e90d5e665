package io.corral.report.recording;

import io.corral.report.samples.Samples;
import io.corral.report.samples.Samples.SampledThread;
import io.corral.report.samples.StackTable;
import io.corral.report.usage.ContainerHistory;
import io.corral.report.usage.HierarchyHistory;
import io.corral.report.usage.LimitHistory;
import io.corral.report.usage.MeanwhileHistory;
import io.corral.report.waits.WaitReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/** Reads a recording with the JDK's parser. */
public final class RecordingReader {

    private static final String MAIN = "main";
    private static final String ROOT = "/";

    private final RecordingContents contents;
    private final Stacks stacks;
    private final WaitReader waits;

    private RecordingReader(StackTable table) {
        contents = new RecordingContents(table);
        stacks = new Stacks(table);
        waits = new WaitReader(contents.waits, stacks::add, RecordingReader::sampled);
    }

    /**
     * Reads a file. Of a damaged file it reads as much as the parser can.
     *
     * @throws IOException if the file is no recording, or has no events of Corral
     */
    public static RecordingContents read(Path file) throws IOException {
        return read(file, new StackTable());
    }

    /**
     * Reads a file, and puts its stacks into a table that may have those of another recording. So
     * the same stack has the same number in both.
     */
    public static RecordingContents read(Path file, StackTable table) throws IOException {
        RecordingReader reader = new RecordingReader(table);
        RecordingContents contents = reader.contents;
        String damage = EventFile.read(file, reader::read);
        if (!contents.hierarchy(MAIN).hasTicks()) {
            throw EventFile.refusal(file, damage);
        }
        contents.setDamage(damage);
        return contents;
    }

    private void read(RecordedEvent event) {
        String type = event.getEventType().getName();
        if (type.startsWith("corral.")) {
            contents.settings.addType(event.getEventType());
            readCorral(type, event);
            return;
        }
        switch (type) {
            case "jdk.ExecutionSample" ->
                sample(contents.executions, event, event.getThread("sampledThread"), 1);
            case "jdk.CPUTimeSample" ->
                sample(contents.cpuTimes, event, event.getThread("eventThread"), 1);
            case "jdk.ObjectAllocationSample" ->
                sample(contents.allocations, event, event.getThread(), event.getLong("weight"));
            case "jdk.CPUTimeSamplesLost" -> contents.addLostSamples(event.getLong("lostSamples"));
            case "jdk.DataLoss" -> contents.addLostBytes(event.getLong("amount"));
            case "jdk.ActiveSetting" -> contents.settings.add(event);
            default -> {
                if (WaitReader.reads(event.getEventType())) {
                    contents.settings.addType(event.getEventType());
                    waits.read(event);
                } else {
                    contents.jvm.add(event);
                }
            }
        }
    }

    private void readCorral(String type, RecordedEvent event) {
        long nanos = nanos(event.getStartTime());
        // The start of a stay can be before the recording, so its end is taken.
        contents.extendTo(nanos(event.getEndTime()));
        switch (type) {
            case "corral.ContainerUsage", "corral.ContainerTotal" -> usage(nanos, event);
            case "corral.ContainerCreate" -> container(event).markCreated(nanos);
            case "corral.ContainerRemove" -> {
                contents.placements.activeAt(nanos);
                ContainerHistory removed = container(event);
                totals(removed, nanos, event);
                removed.markRemoved(nanos);
            }
            case "corral.Reconciliation" ->
                contents.process.add(
                        nanos,
                        event.getLong("processCpuTime"),
                        event.getLong("containerCpuTime"),
                        event.getLong("vmCpuTime"),
                        event.getLong("ownCpuTime"));
            case "corral.LimitStatistics" -> limits(nanos, event);
            case "corral.RanMeanwhile" -> meanwhile(event);
            case "corral.LimitChange" -> limitChange(nanos, event);
            case "corral.ThreadFork", "corral.VirtualThreadFork" ->
                contents.placements.addHome(
                        MAIN, event.getLong("javaThreadId"), nanos, event.getString("container"));
            case "corral.ThreadMember" ->
                contents.placements.addHome(
                        event.getString("hierarchy"),
                        event.getLong("javaThreadId"),
                        nanos,
                        event.getString("container"));
            case "corral.ThreadAttach" -> attach(nanos, event);
            case "corral.Residency" ->
                stay(event, threadId(event.getThread()), nanos, nanos(event.getEndTime()));
            case "corral.OpenResidency" ->
                stay(event, event.getLong("javaThreadId"), nanos - event.getLong("stayed"), nanos);
            default -> {}
        }
    }

    private void usage(long nanos, RecordedEvent event) {
        contents.placements.activeAt(nanos);
        HierarchyHistory hierarchy = contents.hierarchy(event.getString("hierarchy"));
        hierarchy.tick(nanos);
        if (event.getString("container").equals(ROOT) && hierarchy != contents.hierarchy(MAIN)) {
            // It has the totals of the root of main.
            return;
        }
        ContainerHistory container = hierarchy.container(event.getString("container"));
        totals(container, nanos, event);
        container.addThreads(nanos, event.getLong("threads"), event.getLong("virtualThreads"));
    }

    private static void totals(ContainerHistory container, long nanos, RecordedEvent event) {
        container.addTotals(
                nanos,
                event.getLong("totalCpuTime"),
                event.getLong("totalAllocated"),
                event.getLong("forks"));
        if (event.hasField("totalQueuedTime")) {
            container.addQueued(nanos, event.getLong("totalQueuedTime"));
        }
        if (event.hasField("totalWaits") && event.getLong("totalWaits") >= 0) {
            container.addWaits(nanos, event.getLong("totalWaits"));
        }
    }

    private LimitHistory limits(RecordedEvent event) {
        return contents.limits
                .computeIfAbsent(event.getString("hierarchy"), name -> new TreeMap<>())
                .computeIfAbsent(event.getString("container"), path -> new LimitHistory());
    }

    private void limitChange(long nanos, RecordedEvent event) {
        if (event.getString("oldValue").equals("none")) {
            limits(event).set(nanos);
        }
    }

    private void limits(long nanos, RecordedEvent event) {
        limits(event)
                .add(
                        nanos,
                        new LimitHistory.Counts(
                                event.getString("limits"),
                                event.getLong("peakRequests"),
                                event.getLong("peakThreads"),
                                event.getLong("admitted"),
                                event.getLong("waited"),
                                event.getLong("waitedTime"),
                                event.getLong("shed"),
                                event.getLong("over"),
                                event.getLong("refusedStarts"),
                                event.getLong("wouldWait")
                                        + event.getLong("wouldShed")
                                        + event.getLong("wouldRefuseStarts")));
    }

    private void meanwhile(RecordedEvent event) {
        MeanwhileHistory history = contents.meanwhile
                .computeIfAbsent(event.getString("hierarchy"), name -> new TreeMap<>())
                .computeIfAbsent(event.getString("container"), path -> new MeanwhileHistory());
        history.add(event.getLong("waitedTime"));
        addOther(history, event.getString("first"), event.getLong("firstTime"));
        addOther(history, event.getString("second"), event.getLong("secondTime"));
        addOther(history, event.getString("third"), event.getLong("thirdTime"));
    }

    private static void addOther(MeanwhileHistory history, @Nullable String path, long nanos) {
        if (path != null) {
            history.addOther(path, nanos);
        }
    }

    private ContainerHistory container(RecordedEvent event) {
        return contents.hierarchy(event.getString("hierarchy"))
                .container(event.getString("container"));
    }

    private void attach(long nanos, RecordedEvent event) {
        RecordedThread thread = event.getThread("thread");
        if (thread != null) {
            contents.placements.addMove(
                    event.getString("hierarchy"),
                    thread.getJavaThreadId(),
                    nanos,
                    event.getString("from"),
                    event.getString("to"));
        }
    }

    private void stay(RecordedEvent event, long thread, long begin, long end) {
        contents.placements.addStay(
                event.getString("hierarchy"), thread, begin, end, event.getString("container"));
    }

    private static long threadId(@Nullable RecordedThread thread) {
        return thread == null ? 0 : thread.getJavaThreadId();
    }

    private void sample(
            Samples samples, RecordedEvent event, @Nullable RecordedThread thread, long weight) {
        long nanos = nanos(event.getStartTime());
        contents.extendTo(nanos);
        samples.add(nanos, sampled(thread), stacks.add(event), weight);
    }

    private static SampledThread sampled(@Nullable RecordedThread thread) {
        if (thread == null) {
            return new SampledThread(0, "unknown", false);
        }
        boolean isVirtual = thread.hasField("virtual") && thread.getBoolean("virtual");
        String name = thread.getJavaName();
        if (name == null || name.isEmpty()) {
            name = isVirtual ? "unnamed virtual thread" : "unnamed thread";
        }
        return new SampledThread(thread.getJavaThreadId(), name, isVirtual);
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }
}
