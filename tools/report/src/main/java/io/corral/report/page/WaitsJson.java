package io.corral.report.page;

import io.corral.report.recording.RecordingContents;
import io.corral.report.samples.Samples.SampledThread;
import io.corral.report.usage.TimeAxis;
import io.corral.report.waits.WaitKind;
import io.corral.report.waits.Waits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The waits in rows: those with the same kind, subject, places, stack and bucket of time are one
 * row.
 */
final class WaitsJson {

    /** Of each kind this many subjects are named, those with the longest waits. */
    private static final int MAX_SUBJECTS = 500;

    private static final List<WaitKind> KINDS = List.of(WaitKind.values());
    private static final String OTHERS = "(others)";

    private final RecordingContents contents;
    private final Waits waits;
    private final int[] sets;
    private final int[] holders;
    private final Map<WaitKind, Set<String>> named;

    WaitsJson(RecordingContents contents, PlaceSets sets) {
        this.contents = contents;
        this.waits = contents.waits;
        this.sets = new int[waits.size()];
        this.holders = new int[waits.size()];
        for (int i = 0; i < waits.size(); i++) {
            this.sets[i] = sets.find(waits.samples().thread(i), waits.samples().nanos(i));
            SampledThread holder = waits.holder(i);
            // It holds the monitor when the wait begins; later another thread may hold it.
            holders[i] = holder == null ? -1 : sets.find(holder, waits.begin(i));
        }
        this.named = named();
    }

    private Map<WaitKind, Set<String>> named() {
        Map<WaitKind, Map<String, Long>> nanos = new HashMap<>();
        for (int i = 0; i < waits.size(); i++) {
            nanos.computeIfAbsent(waits.kind(i), kind -> new HashMap<>())
                    .merge(waits.subject(i), waits.samples().weight(i) + 1, Long::sum);
        }
        Map<WaitKind, Set<String>> most = new HashMap<>();
        nanos.forEach((kind, subjects) -> most.put(
                kind,
                subjects.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .limit(MAX_SUBJECTS)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet())));
        return most;
    }

    /** @param nodes for each node of the table of stacks, the number of the one in the page */
    Rows rows(int[] nodes, TimeAxis axis) {
        Rows rows = new Rows();
        for (int i = 0; i < waits.size(); i++) {
            String subject = waits.subject(i);
            rows.add(
                    new Key(
                            waits.kind(i),
                            isNamed(waits.kind(i), subject) ? subject : OTHERS,
                            sets[i],
                            holders[i],
                            nodes[waits.samples().stack(i)],
                            axis.bucket(waits.samples().nanos(i))),
                    waits.samples().weight(i),
                    waits.bytes(i));
        }
        return rows;
    }

    private boolean isNamed(WaitKind kind, String subject) {
        return named.getOrDefault(kind, Set.of()).contains(subject);
    }

    /** What makes a row. */
    private record Key(WaitKind kind, String subject, int set, int holder, int node, int bucket) {}

    private static final class Sums {
        long count;
        long nanos;
        long bytes;
    }

    static final class Rows {

        private final Map<Key, Sums> rows = new LinkedHashMap<>();

        private void add(Key key, long nanos, long bytes) {
            Sums sums = rows.computeIfAbsent(key, unseen -> new Sums());
            sums.count++;
            sums.nanos += nanos;
            sums.bytes += bytes;
        }

        int size() {
            return rows.size();
        }

        Map<String, Object> columns() {
            Map<String, Integer> subjects = new LinkedHashMap<>();
            List<Key> keys = List.copyOf(rows.keySet());
            List<Sums> sums = List.copyOf(rows.values());
            Map<String, Object> all = new LinkedHashMap<>();
            all.put(
                    "kind",
                    keys.stream().mapToInt(key -> KINDS.indexOf(key.kind())).toArray());
            all.put(
                    "subject",
                    keys.stream()
                            .mapToInt(key -> subjects.computeIfAbsent(
                                    key.subject(), unseen -> subjects.size()))
                            .toArray());
            all.put("subjects", List.copyOf(subjects.keySet()));
            all.put("set", keys.stream().mapToInt(Key::set).toArray());
            all.put("holder", keys.stream().mapToInt(Key::holder).toArray());
            all.put("node", keys.stream().mapToInt(Key::node).toArray());
            all.put("bucket", keys.stream().mapToInt(Key::bucket).toArray());
            all.put("count", sums.stream().mapToLong(each -> each.count).toArray());
            all.put("weight", sums.stream().mapToLong(each -> each.nanos / 1000).toArray());
            all.put("bytes", sums.stream().mapToLong(each -> each.bytes).toArray());
            return all;
        }
    }

    /** The kinds with their names, and what the recording was set to record of them. */
    List<Map<String, @Nullable Object>> kinds() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (WaitKind kind : KINDS) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("name", kind.name());
            String event = kind.event();
            if (event != null) {
                each.put("event", event);
                each.put("threshold", contents.setting(event, "threshold"));
                each.put("throttle", contents.setting(event, "throttle"));
            }
            all.add(each);
        }
        return all;
    }
}
