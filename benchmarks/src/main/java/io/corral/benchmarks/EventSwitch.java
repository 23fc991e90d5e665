package io.corral.benchmarks;

import java.util.HashMap;
import java.util.Map;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/** Switches Corral's events off in all recordings that run, and then on again, as they were. */
final class EventSwitch {

    private static final String CORRALS = "corral.";
    private static final String ENABLED = "#enabled";

    private final Map<Recording, Map<String, String>> settingsBefore = new HashMap<>();

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

    private static Map<String, String> withoutCorrals(Map<String, String> settings) {
        Map<String, String> without = new HashMap<>(settings);
        without.replaceAll((setting, value) ->
                setting.startsWith(CORRALS) && setting.endsWith(ENABLED) ? "false" : value);
        return without;
    }
}
