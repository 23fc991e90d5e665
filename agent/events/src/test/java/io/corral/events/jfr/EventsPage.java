package io.corral.events.jfr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.AnnotationElement;
import jdk.jfr.DataAmount;
import jdk.jfr.Enabled;
import jdk.jfr.EventType;
import jdk.jfr.Period;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;

/** The lines that {@code docs/events.md} must have for an event type, derived from its class. */
final class EventsPage {

    private EventsPage() {}

    static List<String> lines(EventType type) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + type.getName());
        lines.add(type.getDescription() + ". " + defaultsLine(type));
        lines.add("| field | unit | is |");
        for (ValueDescriptor field : ownFields(type)) {
            lines.add("| `" + field.getName() + "` | " + unit(field) + " | " + field.getLabel()
                    + (field.getDescription() == null ? "" : ": " + field.getDescription()) + " |");
        }
        return lines;
    }

    /** The event's own fields, without the common ones. */
    static List<ValueDescriptor> ownFields(EventType type) {
        return type.getFields().stream()
                .filter(field -> !List.of("startTime", "duration", "eventThread", "stackTrace")
                        .contains(field.getName()))
                .toList();
    }

    /** The value of each setting if the recording sets none, as the settings file has it. */
    static Map<String, String> defaults(EventType type) {
        Class<?> event = eventClass(type);
        Map<String, String> defaults = new TreeMap<>();
        Enabled enabled = event.getAnnotation(Enabled.class);
        defaults.put("enabled", Boolean.toString(enabled == null || enabled.value()));
        Period period = event.getAnnotation(Period.class);
        if (period != null) {
            defaults.put("period", period.value());
        }
        Threshold threshold = event.getAnnotation(Threshold.class);
        if (threshold != null) {
            defaults.put("threshold", threshold.value());
        }
        return defaults;
    }

    /** Read from the class, because JFR removes these annotations from the event type. */
    static Class<?> eventClass(EventType type) {
        String name = type.getName().substring("corral.".length()) + "Event";
        try {
            return Class.forName(EventsPage.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException otherwiseNamed) {
            throw new AssertionError(
                    type.getName() + " is not of the class " + name, otherwiseNamed);
        }
    }

    private static String defaultsLine(EventType type) {
        Map<String, String> defaults = defaults(type);
        StringBuilder line = new StringBuilder();
        line.append(defaults.get("enabled").equals("true") ? "On" : "**Off**")
                .append(" by default");
        for (String setting : List.of("period", "threshold")) {
            if (defaults.containsKey(setting)) {
                line.append(", ")
                        .append(setting)
                        .append(" `")
                        .append(defaults.get(setting))
                        .append('`');
            }
        }
        return line.append('.').toString();
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
