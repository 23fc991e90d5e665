package io.corral.events.jfr;

import io.corral.runtime.contention.Contention;
import io.corral.runtime.notice.HookFailures;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.jspecify.annotations.Nullable;

/**
 * Follows the start and the end of recordings, since some events need an initial state when the
 * first recording starts.
 */
final class Recordings implements FlightRecorderListener {

    private static final String USAGE_PERIOD = "corral.ContainerUsage#period";
    private static final String RESIDENCY_ENABLED = "corral.Residency#enabled";
    private static final String RESIDENCY_THRESHOLD = "corral.Residency#threshold";

    /** The threshold of the event's annotation. */
    private static final String DEFAULT_THRESHOLD = "10 ms";

    private static final Map<String, TimeUnit> UNITS = Map.of(
            "ns", TimeUnit.NANOSECONDS,
            "us", TimeUnit.MICROSECONDS,
            "ms", TimeUnit.MILLISECONDS,
            "s", TimeUnit.SECONDS,
            "m", TimeUnit.MINUTES,
            "h", TimeUnit.HOURS,
            "d", TimeUnit.DAYS);

    /** From this version on, tools show a residency with the other events of its thread. */
    private static final boolean RESIDENCY_IS_CONTEXT = Runtime.version().feature() >= 25;

    /** The default of the event's annotation. */
    private static final long DEFAULT_PERIOD_MILLIS = 1000;

    private final UsageEvents usage;
    private final Residencies residencies;
    private final ShortestResidency shortest;
    private final CarrierEvents carrierEvents;

    /** The IDs of recordings whose settings have no threshold of residencies. */
    private final Set<Long> withoutThreshold = ConcurrentHashMap.newKeySet();

    private volatile long periodMillis;

    Recordings(
            UsageEvents usage,
            Residencies residencies,
            ShortestResidency shortest,
            CarrierEvents carrierEvents,
            long periodMillis) {
        this.usage = usage;
        this.residencies = residencies;
        this.shortest = shortest;
        this.carrierEvents = carrierEvents;
        this.periodMillis = periodMillis;
    }

    /** Sets the period of recordings that start from now on. */
    void period(long millis) {
        periodMillis = millis;
    }

    /** Follows future recordings, and those that run already, whose first chunk began before. */
    void follow() {
        try {
            FlightRecorder.addListener(this);
            boolean running = false;
            for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
                recordingStateChanged(recording);
                running |= recording.getState() == RecordingState.RUNNING;
            }
            if (running) {
                usage.commitMissing();
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    @Override
    public void recordingStateChanged(Recording recording) {
        try {
            if (recording.getState() == RecordingState.RUNNING) {
                complete(recording);
                usage.begin();
                residencies.beginOpen();
                carrierEvents.watch();
            }
            Contention.record(EventTypes.RAN_MEANWHILE.isEnabled());
            if (!EventTypes.CONTAINER_USAGE.isEnabled()) {
                usage.forget();
            }
            if (recording.getState() == RecordingState.CLOSED) {
                withoutThreshold.remove(recording.getId());
            }
            if (residencies.areObserved()) {
                shortest.threshold(residencyThreshold());
            } else {
                residencies.forget();
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    /** Completes the settings of a recording that has none of these: Corral's defaults. */
    private void complete(Recording recording) {
        Map<String, String> settings = recording.getSettings();
        Map<String, String> grown = new TreeMap<>(settings);
        if (periodMillis != DEFAULT_PERIOD_MILLIS) {
            grown.putIfAbsent(USAGE_PERIOD, periodMillis + " ms");
        }
        if (RESIDENCY_IS_CONTEXT && !settings.containsKey(RESIDENCY_ENABLED)) {
            grown.put(RESIDENCY_ENABLED, "true");
            if (grown.putIfAbsent(RESIDENCY_THRESHOLD, "0 ns") == null) {
                withoutThreshold.add(recording.getId());
            }
        }
        if (grown.size() > settings.size()) {
            recording.setSettings(grown);
        }
    }

    /** The smallest threshold of residencies that the settings of a running recording have. */
    private long residencyThreshold() {
        long smallest = Long.MAX_VALUE;
        for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
            Map<String, String> settings = recording.getSettings();
            if (recording.getState() == RecordingState.RUNNING
                    && !withoutThreshold.contains(recording.getId())
                    && "true".equals(settings.get(RESIDENCY_ENABLED))) {
                smallest = Math.min(smallest, nanos(settings.get(RESIDENCY_THRESHOLD)));
            }
        }
        return smallest;
    }

    /** @param threshold such as {@code 10 ms}. What JFR does not read is its default, 0 */
    private static long nanos(@Nullable String threshold) {
        String text = threshold == null ? DEFAULT_THRESHOLD : threshold;
        int space = text.indexOf(' ');
        TimeUnit unit = space < 0 ? null : UNITS.get(text.substring(space + 1));
        return unit == null ? 0 : unit.toNanos(Long.parseLong(text.substring(0, space)));
    }
}
