package io.corral.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.report.RecordedEvents.Member;
import io.corral.report.RecordedEvents.Residency;
import io.corral.report.RecordedEvents.Total;
import io.corral.report.diff.Basis;
import io.corral.report.diff.Change;
import io.corral.report.diff.Comparison;
import io.corral.report.diff.ContainerChange;
import io.corral.report.diff.ContainerChange.Presence;
import io.corral.report.diff.DiffPage;
import io.corral.report.diff.MethodChange;
import io.corral.report.diff.Regression;
import io.corral.report.diff.Regression.Tolerance;
import io.corral.report.diff.Resource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons of recordings that the test makes itself, with events as Corral's. */
class ComparisonTest {

    private static final Tolerance FIFTH = new Tolerance(0.2, 0.01);
    private static final int ALLOCATED = 512 * 1024;
    private static final int OFTEN = 200;
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path folder;

    private static volatile Object kept;

    @Test
    void totalsAreThoseOfTheRecordingsAlone() throws IOException {
        Path before = totals("/a", 5 * SECOND, 7 * SECOND);
        Path after = totals("/a", 50 * SECOND, 53 * SECOND);
        Change cpu = change(Comparison.read(before, after), "/a", Basis.TOTAL).cpu();
        assertThat(cpu).isEqualTo(new Change(2 * SECOND, 3 * SECOND));
        assertThat(cpu.ratio()).isEqualTo(0.5);
    }

    @Test
    void ratesAreTotalsDividedByTheLength() throws IOException {
        Comparison comparison =
                Comparison.read(totals("/a", 0, 2 * SECOND), totals("/a", 0, 3 * SECOND));
        Change cpu = change(comparison, "/a", Basis.RATE).cpu();
        assertThat(cpu.before() * comparison.before().nanos() / SECOND)
                .isCloseTo(2 * SECOND, within(1.0));
        assertThat(cpu.after() * comparison.after().nanos() / SECOND)
                .isCloseTo(3 * SECOND, within(1.0));
    }

    @Test
    void containerInOneRecordingOnlyIsNewOrGone() throws IOException {
        Comparison comparison =
                Comparison.read(totals("/old", 0, SECOND), totals("/new", 0, SECOND));
        assertThat(change(comparison, "/old", Basis.TOTAL).presence()).isEqualTo(Presence.GONE);
        assertThat(change(comparison, "/new", Basis.TOTAL).presence()).isEqualTo(Presence.NEW);
        assertThat(change(comparison, "/", Basis.TOTAL).presence()).isEqualTo(Presence.BOTH);
        assertThat(found(comparison)).contains("/new").doesNotContain("/old");
    }

    @Test
    void containersAreInTheOrderOfTheirGrowth() throws IOException {
        Path before = record(() -> {
            commit(0, 0, 0);
            commit(10 * SECOND, 10 * SECOND, 10 * SECOND);
        });
        Path after = record(() -> {
            commit(0, 0, 0);
            commit(9 * SECOND, 12 * SECOND, 11 * SECOND);
        });
        List<String> paths = Comparison.read(before, after).changes("main", Basis.TOTAL).stream()
                .map(ContainerChange::path)
                .filter(path -> path.length() == 2)
                .toList();
        assertThat(paths).containsExactly("/b", "/c", "/a");
    }

    private static void commit(long ofA, long ofB, long ofC) {
        Total.commit("/", ofA + ofB + ofC);
        Total.commit("/a", ofA);
        Total.commit("/b", ofB);
        Total.commit("/c", ofC);
    }

    @Test
    void growthWithinTheToleranceIsNoRegression() throws IOException {
        assertThat(found(comparison(10 * SECOND, 12 * SECOND))).isEmpty();
        assertThat(found(comparison(10 * SECOND, 8 * SECOND))).isEmpty();
    }

    @Test
    void growthOverTheToleranceIsOneOfTheContainerAndOfThoseAbove() throws IOException {
        assertThat(found(comparison(10 * SECOND, 13 * SECOND)))
                .containsExactly("/tenants/acme", "/tenants", "/");
    }

    @Test
    void growthBelowTheFloorIsNoRegression() throws IOException {
        Path before = record(() -> {
            Total.commit("/", 0);
            Total.commit("/small", 0);
            Total.commit("/", SECOND);
            Total.commit("/small", 2_000_000);
        });
        Path after = record(() -> {
            Total.commit("/", 0);
            Total.commit("/small", 0);
            Total.commit("/", SECOND);
            Total.commit("/small", 4_000_000);
        });
        Comparison comparison = Comparison.read(before, after);
        assertThat(Regression.find(comparison, Basis.TOTAL, FIFTH)).isEmpty();
        assertThat(Regression.find(comparison, Basis.TOTAL, new Tolerance(0.2, 0.001)))
                .hasSize(1);
        assertThat(FIFTH.floor(comparison, Resource.CPU, Basis.TOTAL)).isEqualTo(10_000_000);
    }

    @Test
    void growthOfTheJvmsThreadsIsNoRegression() throws IOException {
        Comparison comparison =
                Comparison.read(totals("/jvm/jit", 0, SECOND), totals("/jvm/jit", 0, 9 * SECOND));
        assertThat(found(comparison)).isEmpty();
    }

    @Test
    void rootIsComparedWithoutTheJvmsThreads() throws IOException {
        Comparison comparison = Comparison.read(withJvm(SECOND), withJvm(2 * SECOND));
        assertThat(change(comparison, "/", Basis.TOTAL).cpu())
                .isEqualTo(new Change(2 * SECOND, 3 * SECOND));
        assertThat(found(comparison)).isEmpty();
    }

    private Path withJvm(long nanos) throws IOException {
        return record(() -> {
            Total.commit("/", 0);
            Total.commit("/jvm", 0);
            Total.commit("/", SECOND + nanos);
            Total.commit("/jvm", nanos);
        });
    }

    @Test
    void rootOfAnotherHierarchyIsComparedOnce() throws IOException {
        Path before = inHierarchy(SECOND);
        Path after = inHierarchy(2 * SECOND);
        assertThat(found(Comparison.read(before, after)))
                .containsExactlyInAnyOrder("endpoint:/orders", "/");
    }

    private Path inHierarchy(long nanos) throws IOException {
        return record(() -> {
            Total.commit("/", 0);
            Total.commit("endpoint", "/orders", 0);
            Total.commit("/", nanos);
            Total.commit("endpoint", "/orders", nanos);
        });
    }

    @Test
    void methodThatGrewIsNamed() throws IOException {
        Path before = record(() -> allocations(ComparisonTest::allocateAsBefore, OFTEN));
        Path after = record(() -> allocations(
                () -> {
                    allocateAsBefore();
                    allocateMore();
                },
                2 * OFTEN));
        Regression found = Regression.find(Comparison.read(before, after), Basis.TOTAL, FIFTH)
                .get(0);
        assertThat(found.container().path()).isEqualTo("/tenants/acme");
        assertThat(found.resource()).isEqualTo(Resource.ALLOCATION);
        assertThat(found.total().stream().map(MethodChange::method).toList())
                .contains(ComparisonTest.class.getName() + ".allocateMore")
                .doesNotContain(ComparisonTest.class.getName() + ".allocateAsBefore");
        MethodChange more = found.total().stream()
                .filter(each -> each.method().endsWith(".allocateMore"))
                .findFirst()
                .orElseThrow();
        // The samples are scaled to the exact allocation, half of which is that method's.
        assertThat(more.change().before()).isZero();
        assertThat(more.change().after())
                .isCloseTo((double) OFTEN * ALLOCATED, within(0.1 * OFTEN * ALLOCATED));
    }

    private static void allocations(Runnable work, int arrays) {
        Member.commit(Thread.currentThread(), "/tenants/acme");
        allocated(0);
        Residency stay = Residency.begin("/tenants/acme");
        work.run();
        stay.commit();
        allocated((long) arrays * ALLOCATED);
    }

    private static void allocated(long bytes) {
        for (String path : List.of("/", "/tenants", "/tenants/acme")) {
            Total event = new Total();
            event.container = path;
            event.totalAllocated = bytes;
            event.commit();
        }
    }

    private static void allocateAsBefore() {
        allocate();
    }

    private static void allocateMore() {
        allocate();
    }

    /** Large arrays: each is sampled, since none fits into a buffer of a thread. */
    private static void allocate() {
        for (int i = 0; i < OFTEN; i++) {
            kept = new byte[ALLOCATED];
        }
    }

    @Test
    void regressionWithoutSamplesNamesNoMethod() throws IOException {
        Comparison comparison = comparison(10 * SECOND, 15 * SECOND);
        assertThat(comparison.hasSamples(Resource.CPU)).isFalse();
        assertThat(Regression.find(comparison, Basis.TOTAL, FIFTH))
                .allSatisfy(each -> assertThat(each.own()).isEmpty());
    }

    @Test
    void recordingWithoutCorralIsRefused() throws IOException {
        Path bare = folder.resolve("bare.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            recording.stop();
            recording.dump(bare);
        }
        Path good = totals("/a", 0, 1);
        assertThatThrownBy(() -> Comparison.read(good, bare))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(bare + " has no events corral.ContainerTotal");
    }

    @Test
    void wholeChunksOfADamagedRecordingAreCompared() throws IOException {
        Path good = totals("/a", 0, 1);
        Path cut = folder.resolve("cut.jfr");
        Files.copy(good, cut);
        try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
            file.seek(file.length());
            file.write(Files.readAllBytes(good), 0, 100);
        }
        Comparison comparison = Comparison.read(good, cut);
        assertThat(comparison.before().damage()).isNull();
        assertThat(comparison.after().damage()).contains("bytes are missing");
        assertThat(data(page(comparison)).get("after")).asString().contains("bytes are missing");
    }

    @Test
    void markupInNamesIsEscapedInThePage() throws IOException {
        String name = "/tenants/</script><script>alert(1)</script><b>&";
        Path file = Files.move(
                totals(name, 0, SECOND), folder.resolve("<img src=x onerror=alert(1)>.jfr"));
        String html = page(Comparison.read(file, totals(name, 0, 2 * SECOND)));
        assertThat(html).doesNotContain("<script>alert").doesNotContain("<img ");
        assertThat(html.split("</script>", -1)).as("ends of scripts").hasSize(3);
        assertThat(html).doesNotContain("src=\"").doesNotContain("/*scripts*/");
        assertThat(data(html).get("hierarchies")).asString().contains(name);
    }

    @Test
    void defaultPageIsNamedAfterTheSecondRecording() {
        assertThat(DiffPage.fileFor(Path.of("a", "app.jfr")))
                .isEqualTo(Path.of("a", "app-diff.html"));
        assertThat(DiffPage.fileFor(Path.of("recording")))
                .isEqualTo(Path.of("recording-diff.html"));
    }

    private String page(Comparison comparison) throws IOException {
        Path page = folder.resolve("diff.html");
        DiffPage.write(comparison, Basis.TOTAL, page);
        return Files.readString(page);
    }

    private static Map<String, Object> data(String html) throws IOException {
        String from = "<script type=\"application/json\" id=\"data\">";
        int begin = html.indexOf(from) + from.length();
        return JSON.std.mapFrom(html.substring(begin, html.indexOf("</script>", begin)));
    }

    private static ContainerChange change(Comparison comparison, String path, Basis basis) {
        return comparison.changes("main", basis).stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> found(Comparison comparison) {
        return Regression.find(comparison, Basis.TOTAL, FIFTH).stream()
                .map(each -> each.container().name())
                .toList();
    }

    private Comparison comparison(long nanosBefore, long nanosAfter) throws IOException {
        return Comparison.read(
                totals("/tenants/acme", 0, nanosBefore), totals("/tenants/acme", 0, nanosAfter));
    }

    /** A recording with a container, and those above it, that have these totals in turn. */
    private Path totals(String path, long... nanos) throws IOException {
        return record(() -> {
            for (long total : nanos) {
                // The root does not include the JVM's native threads.
                Total.commit("/", path.equals("/jvm/jit") ? 0 : total);
                if (path.startsWith("/tenants/")) {
                    Total.commit("/tenants", total);
                }
                Total.commit(path, total);
            }
        });
    }

    private Path record(Runnable action) throws IOException {
        Path file = Files.createTempFile(folder, "made", ".jfr");
        try (Recording recording = new Recording(Configuration.getConfiguration("default"))) {
            recording.enable(Residency.class).withoutThreshold();
            recording.disable("jdk.ExecutionSample");
            Map<String, String> settings = new TreeMap<>(recording.getSettings());
            settings.put("jdk.ObjectAllocationSample#throttle", "100000/s");
            recording.setSettings(settings);
            recording.start();
            Thread thread = new Thread(action, "recorded");
            thread.start();
            thread.join();
            recording.stop();
            recording.dump(file);
        } catch (InterruptedException | java.text.ParseException impossible) {
            throw new AssertionError(impossible);
        }
        return file;
    }
}
