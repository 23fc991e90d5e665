package io.corral.report.page;

import io.corral.report.recording.RecordingContents;
import io.corral.report.usage.MeanwhileHistory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who ran while containers waited, as JSON: for each container, by hierarchy and path. */
final class MeanwhileJson {

    private MeanwhileJson() {}

    static List<Map<String, Object>> json(RecordingContents contents) {
        List<Map<String, Object>> all = new ArrayList<>();
        contents.meanwhile.forEach((hierarchy, containers) ->
                containers.forEach((path, history) -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("hierarchy", hierarchy);
                    row.put("path", path);
                    row.put("waitedNanos", history.nanos());
                    List<Object> others = new ArrayList<>();
                    for (MeanwhileHistory.Other each : history.others()) {
                        others.add(Map.of("path", each.path(), "nanos", each.nanos()));
                    }
                    row.put("others", others);
                    all.add(row);
                }));
        return all;
    }
}
