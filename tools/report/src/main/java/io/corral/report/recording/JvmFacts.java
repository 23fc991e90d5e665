package io.corral.report.recording;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;

/** The facts about the JVM and its machine in a recording, as pairs of a name and a text. */
final class JvmFacts {

    /** Such as {@code OpenJDK 64-Bit Server VM (25.0.3) for linux-amd64 JRE, built on}. */
    private static final Pattern JVM = Pattern.compile("(.*? VM) \\((.*?)\\) for (\\S+) .*");

    /** Such as {@code PRETTY_NAME="Debian GNU/Linux 13 (trixie)"}, the first of several lines. */
    private static final Pattern SYSTEM = Pattern.compile("(?s).*?PRETTY_NAME=\"(.*?)\".*");

    /** Such as {@code G1Old}. */
    private static final Pattern COLLECTOR =
            Pattern.compile("(.*?)(?:Old|Full|MarkSweepCompact)?$");

    private final Map<String, String> facts = new TreeMap<>();

    /** Adds the facts of an event, if it is one of those that describe the JVM. */
    void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.JVMInformation" -> {
                put("Java", text(event, "jvmVersion"), JVM, "$1 $2, $3");
                put("Program", text(event, "javaArguments"));
                put("Process", text(event, "pid"));
            }
            case "jdk.OSInformation" -> put("System", text(event, "osVersion"), SYSTEM, "$1");
            case "jdk.CPUInformation" -> put("CPUs", text(event, "hwThreads"));
            case "jdk.GCConfiguration" ->
                put("Collector", text(event, "oldCollector"), COLLECTOR, "$1");
            default -> {}
        }
    }

    private static String text(RecordedEvent event, String field) {
        Object value = event.hasField(field) ? event.getValue(field) : null;
        return value == null ? "" : value.toString().strip();
    }

    private void put(String name, String text, Pattern known, String part) {
        Matcher matcher = known.matcher(text);
        put(name, matcher.matches() ? matcher.replaceFirst(part) : text);
    }

    private void put(String name, String text) {
        text.lines().findFirst().ifPresent(line -> facts.put(name, line));
    }

    /** In the order in which a reader looks for them. */
    Map<String, String> all() {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (String name :
                new String[] {"Program", "Process", "Java", "Collector", "System", "CPUs"}) {
            String text = facts.get(name);
            if (text != null) {
                ordered.put(name, text);
            }
        }
        return ordered;
    }
}
