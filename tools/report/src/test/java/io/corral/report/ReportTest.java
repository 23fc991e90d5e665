package io.corral.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.report.RecordedEvents.EarlierReconciliation;
import io.corral.report.RecordedEvents.Member;
import io.corral.report.RecordedEvents.Residency;
import io.corral.report.RecordedEvents.Total;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of recordings that the test makes itself, with events as Corral's. */
class ReportTest {

    private static final List<String> ODD_NAMES = List.of(
            "/tenants/</script><script>alert(1)</script>",
            "/tenants/<!--<script <b>&amp;\"'`${x}",
            "/tenants/\uD83D\uDC04 cow",
            "/tenants/\u05D0\u05D1\u05D2 \u202Eright to left",
            "/tenants/\\u003c\\\"/*data*/");

    private static final long PARKED = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int ALLOCATED = 512 * 1024;

    @TempDir
    Path folder;

    @Test
    void containerNamesSurviveEscaping() throws IOException {
        Path file = record(() -> {
            ODD_NAMES.forEach(name -> Total.commit(name, 1));
            ODD_NAMES.forEach(name -> Total.commit(name, 5_000_000));
        });
        String html = page(file);
        assertThat(html).doesNotContain("<script>alert");
        assertThat(json(html)).doesNotContain("<");
        assertThat(html.split("</script>", -1)).as("ends of scripts").hasSize(3);
        assertThat(paths(data(html))).containsAll(ODD_NAMES);
    }

    @Test
    void pageLoadsNoOtherFile() throws IOException {
        String html = page(record(() -> Total.commit("/a", 1)));
        assertThat(html)
                .doesNotContain("src=")
                .doesNotContain("@import")
                .contains("default-src 'none'")
                .contains("MIT License");
        assertThat(html).doesNotContain("/*scripts*/").doesNotContain("/*styles*/");
    }

    @Test
    void sampleOutsideAllStaysBelongsToTheHome() throws Exception {
        Path file = record(() -> {
            Total.commit("/", 0);
            Total.commit("/home", 0);
            Total.commit("/stay", 0);
            Member.commit(Thread.currentThread(), "/home");
            Residency home = Residency.begin("/home");
            allocateAtHome();
            home.commit();
            Residency stay = Residency.begin("/stay");
            allocateInAStay();
            stay.commit();
        });
        assertThat(framesOf("allocation", "/stay", data(page(file))))
                .contains(ReportTest.class.getName() + ".allocateInAStay")
                .doesNotContain(ReportTest.class.getName() + ".allocateAtHome");
        assertThat(framesOf("allocation", "/home", data(page(file))))
                .contains(ReportTest.class.getName() + ".allocateAtHome")
                .doesNotContain(ReportTest.class.getName() + ".allocateInAStay");
    }

    @Test
    void hierarchyNewerThanTheRecordingHasTheTotalsOfMain() throws IOException {
        Path file = record(() -> {
            Total.commit("/", 1_000_000);
            Total.commit("/", 3_000_000);
            Total.commit("newer", "/", 3_000_000);
            Total.commit("/", 4_000_000);
            Total.commit("newer", "/", 4_000_000);
        });
        List<Long> micros = new ArrayList<>();
        for (Object hierarchy : (List<?>) data(page(file)).get("hierarchies")) {
            Map<?, ?> root =
                    (Map<?, ?>) ((List<?>) ((Map<?, ?>) hierarchy).get("containers")).get(0);
            micros.add(odd((List<?>) root.get("cpuMicros")));
        }
        assertThat(micros).containsExactly(3_000L, 3_000L);
    }

    @Test
    void estimateInARecordingOfAnEarlierVersionIsUnattributed() throws IOException {
        Path file = record(() -> {
            Total.commit("/", 0);
            EarlierReconciliation.commit(0, 0, 0, 0);
            EarlierReconciliation.commit(100, 60, 20, 15);
        });
        Map<?, ?> process = (Map<?, ?>) data(page(file)).get("process");
        assertThat(((Number) process.get("unattributedNanos")).doubleValue()).isEqualTo(20);
    }

    /** The sum of the second, the fourth and so on. */
    private static long odd(List<?> numbers) {
        long sum = 0;
        for (int i = 1; i < numbers.size(); i += 2) {
            sum += ((Number) numbers.get(i)).longValue();
        }
        return sum;
    }

    @Test
    void notesNameWhatTheRecordingLacks() throws IOException {
        Path file = folder.resolve("plain.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(Total.class);
            recording.start();
            Total.commit("/a", 1);
            recording.stop();
            recording.dump(file);
        }
        List<?> notes = (List<?>) data(page(file)).get("notes");
        assertThat(notes.stream().map(note -> ((Map<?, ?>) note).get("kind")).toList())
                .asString()
                .contains("noCpuSamples", "noAllocationSamples", "noStays", "noProcess");
    }

    @Test
    void recordingWithoutCorralIsRefused() throws IOException {
        Path file = folder.resolve("bare.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            recording.stop();
            recording.dump(file);
        }
        assertThatThrownBy(() -> Report.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no events corral.ContainerTotal");
    }

    @Test
    void fileThatIsNoRecordingIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("text.jfr"), "no recording");
        assertThatThrownBy(() -> Report.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " can't be read as a flight recording");
    }

    @Test
    void wholeChunksOfATruncatedRecordingAreRead() throws Exception {
        Path first = record(() -> Total.commit("/first", 1));
        Path second = record(() -> Total.commit("/second", 1));
        Path both = folder.resolve("both.jfr");
        Files.write(both, Files.readAllBytes(first));
        long whole = Files.size(both);
        try (var out = Files.newOutputStream(both, java.nio.file.StandardOpenOption.APPEND)) {
            out.write(Files.readAllBytes(second));
        }
        assertThat(Report.read(both).damage()).isNull();
        try (RandomAccessFile file = new RandomAccessFile(both.toFile(), "rw")) {
            file.setLength(whole + 100);
        }
        Report report = Report.read(both);
        assertThat(report.damage()).isNotNull();
        Path page = folder.resolve("both.html");
        report.write(page);
        Map<String, Object> data = data(Files.readString(page));
        assertThat(paths(data)).contains("/first").doesNotContain("/second");
        assertThat(data.get("notes")).asString().contains("damaged");
    }

    @Test
    void truncatedRecordingOfOneChunkIsRefused() throws Exception {
        Path file = record(() -> Total.commit("/first", 1));
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(access.length() / 2);
        }
        assertThatThrownBy(() -> Report.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " can't be read as a flight recording");
    }

    @Test
    void defaultPageIsInTheFolderOfTheRecording() {
        assertThat(Report.pageFor(Path.of("a", "app.jfr"))).isEqualTo(Path.of("a", "app.html"));
        assertThat(Report.pageFor(Path.of("recording"))).isEqualTo(Path.of("recording.html"));
    }

    /** The middle one of three recordings of one JVM is lost. */
    @Test
    void totalsOfAMissingChunkAreInThoseOfTheNextOne() throws Exception {
        Path first = record(() -> {
            Total.commit("/", 0);
            Total.commit("/a", 1_000_000);
        });
        Path third = record(() -> {
            Total.commit("/", 0);
            Total.commit("/a", 9_000_000);
        });
        Path file = folder.resolve("lost.jfr");
        Files.write(file, Files.readAllBytes(first));
        Files.write(file, Files.readAllBytes(third), StandardOpenOption.APPEND);
        assertThat(cpuMicros("/a", data(page(file)))).isEqualTo(8_000);
    }

    /** CPU microseconds of a container without those below it. */
    private static long cpuMicros(String path, Map<String, Object> data) {
        Map<?, ?> main = (Map<?, ?>) ((List<?>) data.get("hierarchies")).get(0);
        Map<?, ?> container =
                (Map<?, ?>) ((List<?>) main.get("containers")).get(paths(data).indexOf(path));
        List<?> pairs = (List<?>) container.get("cpuMicros");
        long sum = 0;
        for (int i = 1; i < pairs.size(); i += 2) {
            sum += ((Number) pairs.get(i)).longValue();
        }
        return sum;
    }

    @Test
    void waitOfAWorkerWithoutATaskIsIdle() throws Exception {
        Path file = record(() -> {
            Total.commit("/", 0);
            ExecutorService pool = Executors.newSingleThreadExecutor();
            pool.submit(() -> LockSupport.parkNanos(PARKED)).get();
            LockSupport.parkNanos(2 * PARKED);
            pool.submit(() -> {}).get();
            pool.shutdown();
            pool.awaitTermination(1, TimeUnit.MINUTES);
        });
        Map<String, Long> waits = waitMicros(data(page(file)));
        long parked = TimeUnit.NANOSECONDS.toMicros(PARKED);
        assertThat(waits.get("IDLE")).isBetween(parked, 20 * parked);
        // The task, and the thread that has submitted it.
        assertThat(waits.get("PARK")).isGreaterThan(3 * parked - parked / 10);
    }

    @Test
    void nameOfAFileWithMarkupIsData() throws Exception {
        Path odd = folder.resolve("<b>&amp;.txt");
        Path file = record(() -> {
            Total.commit("/", 0);
            Files.writeString(odd, "some");
            try (InputStream input = Files.newInputStream(odd)) {
                assertThat(input.read()).isPositive();
            }
        });
        String html = page(file);
        assertThat(html).doesNotContain("<b>&amp;.txt");
        Map<?, ?> waits = (Map<?, ?>) ((Map<?, ?>) data(html).get("samples")).get("waits");
        assertThat((List<?>) waits.get("subjects"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(odd.toString());
    }

    /** The microseconds of each kind of wait. */
    private static Map<String, Long> waitMicros(Map<String, Object> data) {
        Map<?, ?> samples = (Map<?, ?>) data.get("samples");
        Map<?, ?> waits = (Map<?, ?>) samples.get("waits");
        Map<String, Long> all = new HashMap<>();
        for (int i = 0; i < ((List<?>) waits.get("kind")).size(); i++) {
            int kind = (int) ((List<?>) waits.get("kind")).get(i);
            Map<?, ?> named = (Map<?, ?>) ((List<?>) samples.get("waitKinds")).get(kind);
            Number micros = (Number) ((List<?>) waits.get("weight")).get(i);
            all.merge((String) named.get("name"), micros.longValue(), Long::sum);
        }
        return all;
    }

    private static void allocateAtHome() {
        allocate();
    }

    private static void allocateInAStay() {
        allocate();
    }

    /** Enough large arrays that each is sampled: they do not fit into a buffer of a thread. */
    private static void allocate() {
        for (int i = 0; i < 200; i++) {
            kept = new byte[ALLOCATED];
        }
    }

    private static volatile Object kept;

    private interface Action {
        void run() throws Exception;
    }

    private Path record(Action action) throws IOException {
        Path file = Files.createTempFile(folder, "made", ".jfr");
        try (Recording recording = new Recording(Configuration.getConfiguration("default"))) {
            recording.enable(Residency.class).withoutThreshold();
            recording.enable("jdk.FileRead").withoutThreshold();
            recording.setSettings(with(recording.getSettings()));
            recording.start();
            CountDownLatch done = new CountDownLatch(1);
            Thread thread = new Thread(
                    () -> {
                        try {
                            action.run();
                        } catch (Exception failure) {
                            throw new AssertionError(failure);
                        } finally {
                            done.countDown();
                        }
                    },
                    "recorded");
            thread.start();
            done.await();
            thread.join();
            recording.stop();
            recording.dump(file);
        } catch (InterruptedException | java.text.ParseException impossible) {
            throw new AssertionError(impossible);
        }
        return file;
    }

    private static Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new java.util.TreeMap<>(settings);
        all.put("jdk.ObjectAllocationSample#throttle", "100000/s");
        return all;
    }

    private String page(Path recording) throws IOException {
        Path page = Report.pageFor(recording);
        Report.read(recording).write(page);
        return Files.readString(page);
    }

    private static Map<String, Object> data(String html) throws IOException {
        return JSON.std.mapFrom(json(html));
    }

    private static String json(String html) {
        String from = "<script type=\"application/json\" id=\"data\">";
        int begin = html.indexOf(from) + from.length();
        return html.substring(begin, html.indexOf("</script>", begin));
    }

    private static List<String> paths(Map<String, Object> data) {
        List<String> paths = new ArrayList<>();
        Map<?, ?> main = (Map<?, ?>) ((List<?>) data.get("hierarchies")).get(0);
        for (Object container : (List<?>) main.get("containers")) {
            paths.add((String) ((Map<?, ?>) container).get("path"));
        }
        return paths;
    }

    /** The frames of all stacks that are placed in a container. */
    private static List<String> framesOf(String kind, String path, Map<String, Object> data) {
        int container = paths(data).indexOf(path);
        Map<?, ?> samples = (Map<?, ?>) data.get("samples");
        Map<?, ?> rows = (Map<?, ?>) samples.get(kind);
        Map<?, ?> stacks = (Map<?, ?>) samples.get("stacks");
        List<?> parents = (List<?>) stacks.get("parent");
        List<?> frames = (List<?>) stacks.get("frame");
        List<?> sets = (List<?>) samples.get("sets");
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < ((List<?>) rows.get("node")).size(); i++) {
            List<?> places = (List<?>) sets.get((int) ((List<?>) rows.get("set")).get(i));
            if (places.get(0).equals(container)) {
                for (int node = (int) ((List<?>) rows.get("node")).get(i);
                        node != 0;
                        node = (int) parents.get(node)) {
                    found.add((int) frames.get(node));
                }
            }
        }
        return found.stream()
                .distinct()
                .map(frame -> (String) ((List<?>) stacks.get("frames")).get(frame))
                .collect(Collectors.toList());
    }
}
