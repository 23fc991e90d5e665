package io.corral.report.recording;

import java.util.HashMap;
import java.util.Map;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** The settings that a recording was made with. */
final class Settings {

    private final Map<String, Long> types = new HashMap<>();
    private final Map<Long, Map<String, String>> values = new HashMap<>();

    /** The events of the settings have the number of a type, and not its name. */
    void type(EventType type) {
        types.putIfAbsent(type.getName(), type.getId());
    }

    /** Takes an event {@code jdk.ActiveSetting}. */
    void take(RecordedEvent setting) {
        values.computeIfAbsent(setting.getLong("id"), type -> new HashMap<>())
                .put(setting.getString("name"), setting.getString("value"));
    }

    /** The value of a setting, or null if it is not recorded. */
    @Nullable String value(String type, String setting) {
        Long number = types.get(type);
        return number == null ? null : values.getOrDefault(number, Map.of()).get(setting);
    }
}
