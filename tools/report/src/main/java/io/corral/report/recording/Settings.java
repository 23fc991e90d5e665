package io.corral.report.recording;

import java.util.HashMap;
import java.util.Map;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** The settings of a recording's events. */
final class Settings {

    private final Map<String, Long> types = new HashMap<>();
    private final Map<Long, Map<String, String>> values = new HashMap<>();

    /** Adds a type. The events for settings have the number of the type and not its name. */
    void addType(EventType type) {
        types.putIfAbsent(type.getName(), type.getId());
    }

    /** Adds an event {@code jdk.ActiveSetting}. */
    void add(RecordedEvent setting) {
        values.computeIfAbsent(setting.getLong("id"), type -> new HashMap<>())
                .put(setting.getString("name"), setting.getString("value"));
    }

    /** The value of a setting, or null if it is not recorded. */
    @Nullable String value(String type, String setting) {
        Long number = types.get(type);
        return number == null ? null : values.getOrDefault(number, Map.of()).get(setting);
    }
}
