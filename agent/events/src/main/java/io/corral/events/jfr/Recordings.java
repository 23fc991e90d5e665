package io.corral.events.jfr;

import io.corral.runtime.contention.Contention;
import io.corral.runtime.notice.HookFailures;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/**
 * Follows the start and the end of recordings, since some events need an initial state when the
 * first recording starts.
 */
final class Recordings implements FlightRecorderListener {

    private static final String USAGE_PERIOD = "corral.ContainerUsage#period";

    /** The default of the event's annotation. */
    private static final long DEFAULT_PERIOD_MILLIS = 1000;

    private final UsageEvents usage;
    private final Residencies residencies;
    private final CarrierEvents carrierEvents;
    private volatile long periodMillis;

    Recordings(
            UsageEvents usage,
            Residencies residencies,
            CarrierEvents carrierEvents,
            long periodMillis) {
        this.usage = usage;
        this.residencies = residencies;
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
                setPeriod(recording);
                usage.begin();
                residencies.beginOpen();
                carrierEvents.watch();
            }
            Contention.record(EventTypes.RAN_MEANWHILE.isEnabled());
            if (!EventTypes.CONTAINER_USAGE.isEnabled()) {
                usage.forget();
            }
            if (!residencies.areObserved()) {
                residencies.forget();
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    /** Sets Corral's period in a recording that sets none. */
    private void setPeriod(Recording recording) {
        Map<String, String> settings = recording.getSettings();
        if (periodMillis != DEFAULT_PERIOD_MILLIS && !settings.containsKey(USAGE_PERIOD)) {
            Map<String, String> grown = new TreeMap<>(settings);
            grown.put(USAGE_PERIOD, periodMillis + " ms");
            recording.setSettings(grown);
        }
    }
}
