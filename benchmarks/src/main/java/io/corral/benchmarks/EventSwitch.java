package io.corral.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/** Switches Corral's events off in all recordings that run, and then on again, as they were. */
final class EventSwitch {

    private static final String CORRALS = "corral.";

    private final Map<Recording, Map<String, String>> settingsBefore = new HashMap<>();

    /** Where nothing is recorded the recorder stays as it is: to look for more would start it. */
    void switchOff() {
        if (!FlightRecorder.isInitialized() || !settingsBefore.isEmpty()) {
            return;
        }
        for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
            if (recording.getState() == RecordingState.RUNNING) {
                Map<String, String> settings = recording.getSettings();
                settingsBefore.put(recording, settings);
                recording.setSettings(withoutCorrals(settings));
            }
        }
    }

    void switchOn() {
        settingsBefore.forEach(Recording::setSettings);
        settingsBefore.clear();
    }

    /** How many of Corral's events some recording has asked for. */
    static int enabled() {
        return (int) corrals().stream().filter(EventType::isEnabled).count();
    }

    /** Those that no setting names as well: they are on unless one says otherwise. */
    private static Map<String, String> withoutCorrals(Map<String, String> settings) {
        Map<String, String> without = new HashMap<>(settings);
        corrals().forEach(type -> without.put(type.getName() + "#enabled", "false"));
        return without;
    }

    private static List<EventType> corrals() {
        if (!FlightRecorder.isInitialized()) {
            return List.of();
        }
        return FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .filter(type -> type.getName().startsWith(CORRALS))
                .toList();
    }
}
