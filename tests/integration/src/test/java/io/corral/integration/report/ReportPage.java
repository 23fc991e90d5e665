package io.corral.integration.report;

import com.fasterxml.jackson.jr.ob.JSON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The data in a page, read without the page's own script. */
public final class ReportPage {

    private static final String BEGIN = "<script type=\"application/json\" id=\"data\">";
    private static final String MAIN = "main";

    private final Path file;
    private final Map<String, Object> data;
    private final List<?> containers;
    private final int main;

    private ReportPage(Path file, Map<String, Object> data) {
        this.file = file;
        this.data = data;
        List<?> hierarchies = (List<?>) data.get("hierarchies");
        this.main = hierarchies.stream()
                .map(each -> ((Map<?, ?>) each).get("name"))
                .toList()
                .indexOf(MAIN);
        this.containers = (List<?>) ((Map<?, ?>) hierarchies.get(main)).get("containers");
    }

    public static ReportPage read(Path file) throws IOException {
        String html = Files.readString(file);
        int begin = html.indexOf(BEGIN) + BEGIN.length();
        return new ReportPage(
                file, JSON.std.mapFrom(html.substring(begin, html.indexOf("</script>", begin))));
    }

    public Path file() {
        return file;
    }

    /** The bytes of events that a note says are missing; 0 without such a note. */
    long lostBytes() {
        return ((List<?>) data.get("notes"))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .filter(each -> "lostBytes".equals(each.get("kind")))
                        .mapToLong(each -> number(each.get("detail")))
                        .sum();
    }

    public int samples() {
        return number(cpu().get("samples"));
    }

    /** The part of the samples of CPU time that is in a container of the hierarchy main. */
    public double placedShare() {
        int unplaced = ((List<?>) cpu().get("unplaced"))
                .stream()
                        .mapToInt(each -> number(((Map<?, ?>) each).get("samples")))
                        .sum();
        return 1 - (double) unplaced / samples();
    }

    /** By path the CPU microseconds of containers, without those below them. */
    public Map<String, Double> cpuMicros() {
        Map<String, Double> all = new HashMap<>();
        for (Object each : containers) {
            Map<?, ?> container = (Map<?, ?>) each;
            List<?> pairs = (List<?>) container.get("cpuMicros");
            double sum = 0;
            for (int i = 1; i < pairs.size(); i += 2) {
                sum += number(pairs.get(i));
            }
            all.put((String) container.get("path"), sum);
        }
        return all;
    }

    /** By path the samples of CPU time in containers, without those below them. */
    public Map<String, Double> cpuSamples() {
        Map<String, Double> all = new HashMap<>();
        forEachRow((path, row) -> all.merge(path, (double) weight(row), Double::sum));
        return all;
    }

    /** The number of samples in a container, without those below it, that have a frame. */
    public int samplesWith(String path, String frame) {
        int[] sum = {0};
        forEachRow((of, row) -> {
            if (of.equals(path) && has((int) row, frame)) {
                sum[0] += weight(row);
            }
        });
        return sum[0];
    }

    private boolean has(int row, String frame) {
        Map<?, ?> stacks = (Map<?, ?>) ((Map<?, ?>) data.get("samples")).get("stacks");
        List<?> frames = (List<?>) stacks.get("frames");
        int node = number(((List<?>) cpu().get("node")).get(row));
        while (node != 0) {
            if (frames.get(number(((List<?>) stacks.get("frame")).get(node))).equals(frame)) {
                return true;
            }
            node = number(((List<?>) stacks.get("parent")).get(node));
        }
        return false;
    }

    private void forEachRow(ObjLongConsumer<String> action) {
        List<?> sets = (List<?>) ((Map<?, ?>) data.get("samples")).get("sets");
        List<?> rows = (List<?>) cpu().get("set");
        for (int row = 0; row < rows.size(); row++) {
            int place = number(((List<?>) sets.get(number(rows.get(row)))).get(main));
            if (place >= 0) {
                action.accept((String) ((Map<?, ?>) containers.get(place)).get("path"), row);
            }
        }
    }

    /**
     * Waits with the same places and subject, stack and range of time.
     *
     * @param holder the container of the thread that held the monitor; empty if there is none
     */
    public record Wait(
            String container, String subject, String holder, long count, long micros, long bytes) {}

    /** @param kind as the page's data names it */
    public Stream<Wait> waits(String kind) {
        Map<?, ?> samples = (Map<?, ?>) data.get("samples");
        Map<?, ?> columns = (Map<?, ?>) samples.get("waits");
        int number = ((List<?>) samples.get("waitKinds"))
                .stream().map(each -> ((Map<?, ?>) each).get("name")).toList().indexOf(kind);
        return IntStream.range(0, ((List<?>) columns.get("kind")).size())
                .filter(row -> at(columns, "kind", row) == number)
                .mapToObj(row -> new Wait(
                        path(at(columns, "set", row)),
                        (String) ((List<?>) columns.get("subjects"))
                                .get(at(columns, "subject", row)),
                        path(at(columns, "holder", row)),
                        at(columns, "count", row),
                        at(columns, "weight", row),
                        at(columns, "bytes", row)));
    }

    private static int at(Map<?, ?> columns, String column, int row) {
        return number(((List<?>) columns.get(column)).get(row));
    }

    /** The path of a set's container in main; empty if the set or its place is not known. */
    private String path(int set) {
        List<?> sets = (List<?>) ((Map<?, ?>) data.get("samples")).get("sets");
        int place = set < 0 ? -1 : number(((List<?>) sets.get(set)).get(main));
        return place < 0 ? "" : (String) ((Map<?, ?>) containers.get(place)).get("path");
    }

    private int weight(long row) {
        return number(((List<?>) cpu().get("weight")).get((int) row));
    }

    private Map<?, ?> cpu() {
        return (Map<?, ?>) ((Map<?, ?>) data.get("samples")).get("cpu");
    }

    private static int number(Object value) {
        return ((Number) value).intValue();
    }
}
