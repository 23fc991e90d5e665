package io.corral.integration.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.ToolCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code corral report} on two recordings. */
@Isolated("compares the CPU time of two runs, which other tests must not disturb")
class CompareRecordingsIT {

    private static final String REQUESTS = "300";
    private static final Jdk NEWEST = Jdk.newest();
    private static final long GIGABYTE = 1_000_000_000;

    /** So many that the recording of their stays has a gigabyte. */
    private static final int CHANGES = 21_000_000;

    /** What {@code docs/report.md} states for a recording of 1 GB. */
    private static final String HEAP = "-Xmx1500m";

    @TempDir
    static Path folder;

    @BeforeAll
    static void recordTheSameBuildTwiceAndARegression() {
        record("before.jfr", REQUESTS);
        record("same.jfr", REQUESTS);
        record("regression.jfr", REQUESTS, RegressionProgram.REGRESSION);
    }

    private static void record(String file, String... arguments) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(NEWEST)
                .flags("-XX:StartFlightRecording:filename=" + folder.resolve(file)
                        + ",settings=default,settings=" + ForkedJvm.profileSettings())
                .runMain(RegressionProgram.class, arguments);
        assertThat(outcome.value("done")).as(outcome.toString()).isEqualTo("true");
    }

    /** The method is four fifths of its tenant's work, which grows by 40%. */
    @Test
    void regressionFailsAndIsNamedWithItsMethod() {
        ForkedJvm.Outcome failed =
                report("before.jfr", "regression.jfr", "--by", "total", "--fail-over", "20%");
        assertThat(failed.exitCode()).as(failed.toString()).isEqualTo(3);
        assertThat(failed.errLines())
                .anyMatch(line -> line.startsWith("corral: /tenants/acme uses more CPU time: "))
                .anyMatch(line -> line.matches("corral:   " + RegressionProgram.class.getName()
                        + "\\.price, with what it calls: .*s -> .*s \\(\\+\\d+\\.\\d%\\)"))
                .noneMatch(line -> line.contains("/tenants/globex uses"))
                .noneMatch(line -> line.contains("allocation"));
        assertThat(failed.out()).contains("\nfailed: a container grew by more than 20%");
    }

    @Test
    void sameBuildPasses() {
        ForkedJvm.Outcome passed =
                report("before.jfr", "same.jfr", "--by", "total", "--fail-over", "20%");
        assertThat(passed.exitCode()).as(passed.toString()).isZero();
        assertThat(passed.errLines()).isEmpty();
        assertThat(passed.out())
                .contains("compared: totals of each recording\n", "\npassed: no container grew")
                .contains("the report is " + folder.resolve("same-diff.html"));
    }

    @Test
    void recordingsOfDifferentLengthNeedABasisToFail() {
        record("longer.jfr", "2000");
        ForkedJvm.Outcome refused = report("before.jfr", "longer.jfr", "--fail-over", "20%");
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(2);
        assertThat(refused.errLines()).hasSize(1);
        assertThat(refused.errLines().get(0))
                .startsWith("corral: --fail-over without --by needs recordings of the same length")
                .contains("expected --by rate for a service, or --by total for a program");
        ForkedJvm.Outcome compared = report("before.jfr", "longer.jfr");
        assertThat(compared.exitCode()).as(compared.toString()).isZero();
        assertThat(compared.out()).contains("the recordings differ in length, so rates are");
    }

    @Tag("full")
    @Test
    void browserShowsNamesWithMarkupAsText() throws IOException {
        Browser browser = Browser.find();
        assumeTrue(browser != null, "there is no Chromium on the PATH");
        for (String file : List.of("odd.jfr", "<b>odd 2.jfr")) {
            ForkedJvm.on(NEWEST)
                    .flags("-XX:StartFlightRecording:settings=default,settings="
                            + ForkedJvm.profileSettings() + ",filename=" + folder.resolve(file))
                    .runMain(UnescapedNamesProgram.class);
        }
        // The oldest JDK reads what the newest has recorded.
        ForkedJvm.Outcome report = new ToolCommand(Jdk.all().get(0), folder)
                .run("report", "odd.jfr", "<b>odd 2.jfr", "-o", "odd.html");
        assertThat(report.exitCode()).as(report.toString()).isZero();
        for (String tab : List.of("containers", "cpu", "allocation")) {
            Browser.Opened opened =
                    browser.open(folder.resolve("odd.html"), "tab=" + tab + "&container=/odd");
            assertThat(opened.messages()).isEmpty();
            assertThat(opened.dom())
                    .contains("data-drawn=\"" + tab + "\"", "&lt;b&gt;odd 2.jfr</bdi>")
                    .doesNotContain("<img ", "<b>odd");
        }
    }

    /** The page shares scripts with that of one recording. */
    @Test
    void browserShowsTheMethodThatGrew() throws IOException {
        Browser browser = Browser.find();
        assumeTrue(browser != null, "there is no Chromium on the PATH");
        assertThat(report("before.jfr", "regression.jfr").exitCode()).isZero();
        Browser.Opened opened = browser.open(
                folder.resolve("regression-diff.html"), "tab=cpu&container=/tenants/acme&by=total");
        assertThat(opened.messages()).isEmpty();
        assertThat(opened.dom())
                .contains("Grew most, with what they call")
                .containsPattern("<td class=\"num grew\">\\+[^<]*</td><td class=\"num\">[^<]*</td>"
                        + "<td class=\"code\"><bdi [^>]*>[\\w.]*RegressionProgram.price</bdi>");
    }

    /**
     * A recording with stays needs most memory, since the containers of samples are found in it.
     */
    @Tag("full")
    @Test
    void recordingOfAGigabyteIsComparedWithinTheHeapOfThePage() throws IOException {
        Path large = folder.resolve("large.jfr");
        Path everyStay = folder.resolve("every-stay.jfc");
        Files.writeString(
                everyStay,
                Files.readString(Path.of(ForkedJvm.profileSettings())).replace("200 us", "0 ns"));
        ForkedJvm.Outcome recorded = ForkedJvm.on(NEWEST)
                .flags("-XX:StartFlightRecording:maxsize=0,filename=" + large
                        + ",settings=default,settings=" + everyStay)
                .optimizing()
                .runMain(ManyStaysProgram.class, String.valueOf(CHANGES));
        assertThat(recorded.value("done")).as(recorded.toString()).isEqualTo("true");
        assertThat(large).satisfies(file -> assertThat(Files.size(file)).isGreaterThan(GIGABYTE));
        List<String> command = new ArrayList<>(new ToolCommand(NEWEST, folder)
                .words("report", "before.jfr", "large.jfr", "-o", "large.html"));
        command.add(1, HEAP);
        ForkedJvm.Outcome compared = ForkedJvm.on(NEWEST)
                .directory(folder.toFile())
                .timeoutSeconds(600)
                .runCommand(command);
        assertThat(compared.exitCode()).as(compared.toString()).isZero();
        Files.delete(large);
    }

    private static ForkedJvm.Outcome report(String... words) {
        return new ToolCommand(NEWEST, folder).run("report", words);
    }
}
