package io.corral.runtime.observe;

import java.util.ArrayList;
import java.util.List;
import jdk.jfr.AnnotationElement;
import jdk.jfr.DataAmount;
import jdk.jfr.EventType;
import jdk.jfr.SettingDescriptor;
import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;

/** The lines that {@code docs/events.md} must have for an event type, as its class says. */
final class EventsPage {

    private EventsPage() {}

    static List<String> lines(EventType type) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + type.getName());
        lines.add(type.getDescription() + ". " + defaults(type));
        lines.add("| field | unit | is |");
        for (ValueDescriptor field : ownFields(type)) {
            lines.add("| `" + field.getName() + "` | " + unit(field) + " | " + field.getLabel()
                    + (field.getDescription() == null ? "" : ": " + field.getDescription()) + " |");
        }
        return lines;
    }

    /** Without those that each event has. */
    static List<ValueDescriptor> ownFields(EventType type) {
        return type.getFields().stream()
                .filter(field -> !List.of("startTime", "duration", "eventThread", "stackTrace")
                        .contains(field.getName()))
                .toList();
    }

    static boolean isOnByDefault(EventType type) {
        return Boolean.parseBoolean(setting(type, "enabled"));
    }

    static String setting(EventType type, String name) {
        return type.getSettingDescriptors().stream()
                .filter(setting -> setting.getName().equals(name))
                .map(SettingDescriptor::getDefaultValue)
                .findFirst()
                .orElse("");
    }

    private static String defaults(EventType type) {
        String period = setting(type, "period");
        String threshold = setting(type, "threshold");
        return (isOnByDefault(type) ? "On" : "**Off**") + " by default"
                + (period.isEmpty() ? "" : ", period " + period)
                + (threshold.isEmpty() || threshold.startsWith("0 ") ? "" : ", threshold " + threshold)
                + ".";
    }

    private static String unit(ValueDescriptor field) {
        for (AnnotationElement annotation : field.getAnnotationElements()) {
            if (annotation.getTypeName().equals(Timespan.class.getName())) {
                return "ns";
            }
            if (annotation.getTypeName().equals(DataAmount.class.getName())) {
                return "bytes";
            }
        }
        return switch (field.getTypeName()) {
            case "long" -> "number";
            case "java.lang.Thread" -> "thread";
            default -> "text";
        };
    }
}
