package io.corral.events.jfr;

import io.corral.runtime.contention.Contention;
import io.corral.runtime.notice.HookFailures;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.jfr.EventSettings;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/**
 * Follows the start and the end of recordings, since some events need an initial state when the
 * first recording starts.
 */
final class Recordings implements FlightRecorderListener {

    private static final String USAGE = "corral.ContainerUsage";
    private static final String USAGE_ENABLED = USAGE + "#enabled";
    private static final String USAGE_PERIOD = USAGE + "#period";
    private static final String RESIDENCY = "corral.Residency";
    private static final String RESIDENCY_ENABLED = RESIDENCY + "#enabled";
    private static final String RESIDENCY_THRESHOLD = RESIDENCY + "#threshold";

    /** Stands for none. No user writes it, and a copy of the recording has it too. */
    private static final String NO_THRESHOLD = "1 ns";

    private static final int MAX_ATTEMPTS = 100;

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
            List<Recording> recordings = FlightRecorder.getFlightRecorder().getRecordings();
            for (Recording recording : recordings) {
                if (recording.getState() == RecordingState.RUNNING) {
                    // First of all, since all usage is counted from this reading on.
                    usage.begin();
                    usage.commitMissing();
                }
            }
            recordings.forEach(this::recordingStateChanged);
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    @Override
    public void recordingStateChanged(Recording recording) {
        try {
            if (recording.getState() == RecordingState.RUNNING) {
                usage.begin();
                complete(recording);
                residencies.beginOpen();
                carrierEvents.watch();
            }
            Contention.record(EventTypes.RAN_MEANWHILE.isEnabled());
            if (!EventTypes.CONTAINER_USAGE.isEnabled()) {
                usage.forget();
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

    /**
     * Completes the settings of a recording that has none of these: Corral's defaults. One by one,
     * since the application may change others at the same time.
     */
    private void complete(Recording recording) {
        Map<String, String> settings = settings(recording);
        if (periodMillis != DEFAULT_PERIOD_MILLIS
                && !settings.containsKey(USAGE_PERIOD)
                && !"false".equals(settings.get(USAGE_ENABLED))) {
            // The JDK has no method that sets the period alone.
            recording.enable(USAGE).with("period", periodMillis + " ms");
        }
        if (RESIDENCY_IS_CONTEXT && !settings.containsKey(RESIDENCY_ENABLED)) {
            EventSettings residency = recording.enable(RESIDENCY);
            if (!settings.containsKey(RESIDENCY_THRESHOLD)) {
                residency.with("threshold", NO_THRESHOLD);
            }
        }
    }

    /** The smallest threshold of residencies that the settings of a running recording have. */
    private static long residencyThreshold() {
        long smallest = Long.MAX_VALUE;
        for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
            Map<String, String> settings = settings(recording);
            String threshold = settings.getOrDefault(RESIDENCY_THRESHOLD, DEFAULT_THRESHOLD);
            if (recording.getState() == RecordingState.RUNNING
                    && "true".equals(settings.get(RESIDENCY_ENABLED))
                    && !threshold.equals(NO_THRESHOLD)) {
                smallest = Math.min(smallest, nanos(threshold));
            }
        }
        return smallest;
    }

    /** A copy. The JDK makes it without a lock, so that it fails while another thread writes. */
    private static Map<String, String> settings(Recording recording) {
        for (int attempt = 1; ; attempt++) {
            try {
                return recording.getSettings();
            } catch (ConcurrentModificationException changed) {
                if (attempt == MAX_ATTEMPTS) {
                    throw changed;
                }
            }
        }
    }

    /** {@link Long#MAX_VALUE} if it is none, such as {@code infinity}. */
    private static long nanos(String threshold) {
        int space = threshold.indexOf(' ');
        TimeUnit unit = space < 0 ? null : UNITS.get(threshold.substring(space + 1));
        try {
            return unit == null
                    ? Long.MAX_VALUE
                    : unit.toNanos(Long.parseLong(threshold.substring(0, space)));
        } catch (NumberFormatException none) {
            return Long.MAX_VALUE;
        }
    }
}
