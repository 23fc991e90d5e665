package io.corral.commands.reading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.management.openmbean.CompositeData;

/**
 * A container with limits.
 *
 * @param stat what the limits have done, by the names of the MBean
 */
public record LimitRow(
        String hierarchy, String path, List<LimitRow.Limit> limits, Map<String, Long> stat) {

    /** The values of a stat, in the order in which they are shown. */
    private static final List<String> STAT = List.of(
            "requests",
            "peakRequests",
            "waiting",
            "admitted",
            "waited",
            "waitedNanos",
            "shed",
            "over",
            "lost",
            "wouldWait",
            "wouldShed",
            "threads",
            "peakThreads",
            "refusedStarts",
            "refusedStartsBelow",
            "wouldRefuseStarts");

    /**
     * @param text as in a line of the rules file
     * @param mode {@code enforce} or {@code monitor}; empty for a weight
     * @param origin the line of the rules file; or the word for code, or for the command
     */
    public record Limit(String control, String text, String mode, String origin) {}

    static LimitRow of(CompositeData data) {
        String[] controls = (String[]) data.get("controls");
        String[] texts = (String[]) data.get("limits");
        String[] modes = (String[]) data.get("modes");
        String[] origins = (String[]) data.get("origins");
        List<Limit> limits = new ArrayList<>();
        for (int i = 0; i < controls.length; i++) {
            limits.add(new Limit(controls[i], texts[i], modes[i], origins[i]));
        }
        Map<String, Long> stat = new LinkedHashMap<>();
        STAT.forEach(name -> stat.put(name, (Long) data.get(name)));
        return new LimitRow(
                (String) data.get("hierarchy"), (String) data.get("path"), limits, stat);
    }

    public long stat(String name) {
        return Objects.requireNonNull(stat.get(name));
    }

    /** The path; with its hierarchy, unless that is {@code main}. */
    public String name() {
        return hierarchy.equals("main") ? path : hierarchy + ":" + path;
    }
}
