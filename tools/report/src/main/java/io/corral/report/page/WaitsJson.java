package io.corral.report.page;

import io.corral.report.recording.RecordingContents;
import io.corral.report.usage.WaitHistory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who ran while containers waited, as JSON: for each container, by hierarchy and path. */
final class WaitsJson {

    private WaitsJson() {}

    static List<Map<String, Object>> json(RecordingContents contents) {
        List<Map<String, Object>> all = new ArrayList<>();
        contents.waits.forEach((hierarchy, containers) -> containers.forEach((path, history) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("hierarchy", hierarchy);
            row.put("path", path);
            row.put("waitedNanos", history.nanos());
            List<Object> others = new ArrayList<>();
            for (WaitHistory.Other each : history.others()) {
                others.add(Map.of("path", each.path(), "nanos", each.nanos()));
            }
            row.put("others", others);
            all.add(row);
        }));
        return all;
    }
}
