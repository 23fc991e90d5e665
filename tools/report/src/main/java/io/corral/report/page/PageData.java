package io.corral.report.page;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.report.recording.RecordingContents;
import io.corral.report.usage.ProcessHistory;
import io.corral.report.usage.TimeAxis;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The data of the page, as JSON. */
final class PageData {

    private final RecordingContents contents;
    private final TimeAxis axis;
    private final SamplesJson samples;

    PageData(RecordingContents contents) {
        this.contents = contents;
        this.axis = TimeAxis.of(contents.start(), contents.end());
        this.samples = new SamplesJson(contents, axis);
    }

    /** JSON that can be put between tags of HTML. */
    String json(String title) throws IOException {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("title", title);
        all.put("durationMillis", TimeUnit.NANOSECONDS.toMillis(contents.end() - contents.start()));
        all.put(
                "axis",
                Map.of(
                        "startMillis",
                        TimeUnit.NANOSECONDS.toMillis(axis.start()),
                        "bucketMillis",
                        TimeUnit.NANOSECONDS.toMillis(axis.bucketNanos()),
                        "count",
                        axis.count()));
        all.put("facts", contents.jvmFacts());
        all.put("threshold", contents.setting("corral.Residency", "threshold"));
        all.put("process", process());
        all.put("hierarchies", ContainersJson.json(contents, axis));
        all.put("limits", LimitsJson.json(contents));
        all.put("meanwhile", MeanwhileJson.json(contents));
        all.put("samples", samples.json());
        all.put("notes", Notes.json(contents));
        return JsonInHtml.escaped(JSON.std.asString(all));
    }

    private Map<String, @Nullable Object> process() {
        ProcessHistory process = contents.process;
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("cpuMicros", ContainersJson.sparse(process.buckets(axis), 1000));
        all.put("processNanos", process.processNanos());
        all.put("containerNanos", process.containerNanos());
        all.put("jvmNanos", process.jvmNanos());
        all.put("ownNanos", process.ownNanos());
        all.put("unattributedNanos", process.unattributedNanos());
        return all;
    }
}
