package io.corral.jmc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.ResultToolkit;
import org.openjdk.jmc.flightrecorder.rules.RuleRegistry;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;

/** A recording with events that have the names and fields of Corral's. */
final class MadeRecording implements AutoCloseable {

    private final Recording recording = new Recording();

    MadeRecording() {
        recording.enable(UsageEvent.class);
        recording.enable(TotalEvent.class);
        recording.enable(ReconciliationEvent.class);
        recording.enable(RemoveEvent.class);
        recording.enable(LimitStatisticsEvent.class);
        recording.enable(LimitChangeEvent.class);
        recording.enable(LimitExceededEvent.class);
        recording.start();
    }

    @Name("corral.ContainerUsage")
    @StackTrace(false)
    static final class UsageEvent extends Event {
        private String hierarchy = "main";
        private String container = "";

        @Timespan
        private long cpuTime;

        @Timespan
        private long totalCpuTime;

        private long threads;
        private long virtualThreads;
    }

    @Name("corral.ContainerTotal")
    @StackTrace(false)
    static final class TotalEvent extends Event {
        private String hierarchy = "main";
        private String container = "";

        @Timespan
        private long totalCpuTime;

        @Timespan
        private long totalQueuedTime = Long.MIN_VALUE;

        private long totalWaits = Long.MIN_VALUE;
        private long waiting = Long.MIN_VALUE;
    }

    @Name("corral.ContainerRemove")
    @StackTrace(false)
    static final class RemoveEvent extends Event {
        private String hierarchy = "main";
        private String container = "";
    }

    @Name("corral.Reconciliation")
    @StackTrace(false)
    static final class ReconciliationEvent extends Event {

        @Timespan
        private long processCpuTime;

        @Timespan
        private long unattributedCpuTime;
    }

    @Name("corral.LimitStatistics")
    @StackTrace(false)
    static final class LimitStatisticsEvent extends Event {
        private String hierarchy = "main";
        private String container = "";
        private long admitted;
        private long waited;

        @Timespan
        private long waitedTime;

        private long shed;
    }

    @Name("corral.LimitChange")
    @StackTrace(false)
    static final class LimitChangeEvent extends Event {
        private String hierarchy = "main";
        private String container = "";
        private String oldValue = "none";
    }

    @Name("corral.LimitExceeded")
    @StackTrace(false)
    static final class LimitExceededEvent extends Event {
        private String hierarchy = "main";
        private String container = "";
        private String control = "";
        private String mode = "";
    }

    MadeRecording total(String container, long cpuMillis) {
        return total("main", container, cpuMillis);
    }

    MadeRecording total(String hierarchy, String container, long cpuMillis) {
        TotalEvent event = new TotalEvent();
        event.hierarchy = hierarchy;
        event.container = container;
        event.totalCpuTime = cpuMillis * 1_000_000;
        event.commit();
        return this;
    }

    MadeRecording queued(String container, long queuedMillis, long waits, long waiting) {
        TotalEvent event = new TotalEvent();
        event.container = container;
        event.totalWaits = waits;
        event.waiting = waiting;
        event.totalQueuedTime = queuedMillis * 1_000_000;
        event.commit();
        return this;
    }

    MadeRecording limited(
            String container, long admitted, long waited, long waitedMillis, long shed) {
        LimitStatisticsEvent event = new LimitStatisticsEvent();
        event.container = container;
        event.admitted = admitted;
        event.waited = waited;
        event.waitedTime = waitedMillis * 1_000_000;
        event.shed = shed;
        event.commit();
        return this;
    }

    MadeRecording limitSet(String container) {
        LimitChangeEvent event = new LimitChangeEvent();
        event.container = container;
        event.commit();
        return this;
    }

    MadeRecording exceeded(String container, String control, String mode) {
        LimitExceededEvent event = new LimitExceededEvent();
        event.container = container;
        event.control = control;
        event.mode = mode;
        event.commit();
        return this;
    }

    MadeRecording usage(String container, long cpuMillis, long totalMillis) {
        UsageEvent event = new UsageEvent();
        event.container = container;
        event.cpuTime = cpuMillis * 1_000_000;
        event.totalCpuTime = totalMillis * 1_000_000;
        event.commit();
        return this;
    }

    MadeRecording threads(String container, long threads, long virtualThreads) {
        UsageEvent event = new UsageEvent();
        event.container = container;
        event.threads = threads;
        event.virtualThreads = virtualThreads;
        event.commit();
        return this;
    }

    MadeRecording removal(String container) {
        RemoveEvent event = new RemoveEvent();
        event.container = container;
        event.commit();
        return this;
    }

    MadeRecording reconciliation(long processMillis, long unattributedMillis) {
        ReconciliationEvent event = new ReconciliationEvent();
        event.processCpuTime = processMillis * 1_000_000;
        event.unattributedCpuTime = unattributedMillis == Long.MIN_VALUE
                ? Long.MIN_VALUE
                : unattributedMillis * 1_000_000;
        event.commit();
        return this;
    }

    /** What Mission Control's engine says, which finds the rule as a service. */
    IResult result(Class<? extends IRule> rule) throws Exception {
        IRule registered = RuleRegistry.getRules().stream()
                .filter(each -> each.getClass() == rule)
                .findFirst()
                .orElseThrow();
        Map<IRule, Future<IResult>> results = RulesToolkit.evaluateParallel(
                List.of(registered), events(), IPreferenceValueProvider.DEFAULT_VALUES, 1);
        return results.get(registered).get();
    }

    private IItemCollection events() throws Exception {
        Path file = Files.createTempFile("made", ".jfr");
        try {
            recording.dump(file);
            return JfrLoaderToolkit.loadEvents(file.toFile());
        } finally {
            Files.delete(file);
        }
    }

    /** The text as Mission Control shows it. */
    static String text(IResult result) {
        return spaced(ResultToolkit.populateMessage(result, result.getSummary(), true));
    }

    static String explanation(IResult result) {
        return spaced(ResultToolkit.populateMessage(result, result.getExplanation(), false));
    }

    /** Between a number and its unit there is a space that does not break. */
    private static String spaced(String text) {
        return text.replace('\u00a0', ' ');
    }

    @Override
    public void close() {
        recording.close();
    }
}
