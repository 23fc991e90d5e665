package io.corral.report.page;

import io.corral.report.recording.RecordingContents;
import io.corral.report.usage.LimitHistory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What limits have done, as JSON: for each container with limits, by hierarchy and path. */
final class LimitsJson {

    private LimitsJson() {}

    static List<Map<String, Object>> json(RecordingContents contents) {
        List<Map<String, Object>> all = new ArrayList<>();
        contents.limits.forEach((hierarchy, containers) -> containers.forEach((path, history) -> {
            if (!history.hasCounts()) {
                return;
            }
            LimitHistory.Counts counts = history.counts(contents.start());
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("hierarchy", hierarchy);
            row.put("path", path);
            row.put("limits", counts.limits());
            row.put("peakRequests", counts.peakRequests());
            row.put("peakThreads", counts.peakThreads());
            row.put("admitted", counts.admitted());
            row.put("delayed", counts.delayed());
            row.put("waitedNanos", counts.waitedNanos());
            row.put("shed", counts.shed());
            row.put("over", counts.over());
            row.put("refusedStarts", counts.refusedStarts());
            row.put("monitored", counts.monitored());
            all.add(row);
        }));
        return all;
    }
}
