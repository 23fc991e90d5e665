package io.corral.integration.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.harness.ToolCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code corral report} on recordings of small programs. */
class ReportIT {

    private static final List<String> TENANTS = List.of("acme", "globex");

    /** A name, then a time with its unit, or what stands for an unknown one. */
    private static final Pattern TILE =
            Pattern.compile("<span>([^<]*)</span><b>(?:(-?[0-9.]+) (m?s)|n/a)</b>");

    @TempDir
    Path folder;

    static Stream<Arguments> jdksAndKinds() {
        return FullRun.jdksAndKinds();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    /** A stack of the program names the tenant of the request. */
    @ParameterizedTest
    @MethodSource("jdksAndKinds")
    void samplesOfShortRequestsAreInTheirTenants(Jdk jdk, ThreadKind kind) throws IOException {
        Path recording = folder.resolve("app.jfr");
        ForkedJvm.Outcome program = ForkedJvm.on(jdk)
                .flags("-XX:StartFlightRecording:filename=" + recording
                        + ",settings=default,settings=" + ForkedJvm.profileSettings())
                .runMain(ReportProgram.class, kind.name());
        assertThat(program.value("done")).as(program.toString()).isEqualTo("true");

        ForkedJvm.Outcome report = new ToolCommand(jdk, folder).run("report", "app.jfr");
        assertThat(report.exitCode()).as(report.toString()).isZero();
        assertThat(report.out()).isEqualTo("the report is " + folder.resolve("app.html") + "\n");
        ReportPage page = ReportPage.read(folder.resolve("app.html"));
        System.out.println("ReportIT on " + jdk + ", " + kind + ": " + page.samples() + " samples, "
                + page.placedShare() + " of them placed, " + page.cpuSamples());
        assertThat(page.placedShare()).isGreaterThan(0.7);
        for (String tenant : TENANTS) {
            String container = "/tenants/" + tenant;
            double all = page.cpuSamples().get(container);
            assertThat(all).isGreaterThan(30);
            for (String other : TENANTS) {
                double part =
                        page.samplesWith(container, ReportProgram.class.getName() + "." + other)
                                / all;
                if (other.equals(tenant)) {
                    assertThat(part).as(tenant + "'s own").isGreaterThan(0.8);
                } else {
                    assertThat(part).as(other + "'s in " + tenant).isLessThanOrEqualTo(0.01);
                }
            }
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void browserShowsNamesWithMarkupAsText(Jdk jdk) throws IOException {
        Browser browser = Browser.find();
        assumeTrue(browser != null, "there is no Chromium on the PATH");
        Path recording = folder.resolve("odd.jfr");
        ForkedJvm.on(jdk)
                .flags("-XX:StartFlightRecording:filename=" + recording
                        + ",settings=default,settings=" + ForkedJvm.profileSettings())
                .runMain(UnescapedNamesProgram.class);
        // The oldest JDK reads what the newest has recorded.
        ForkedJvm.Outcome report =
                new ToolCommand(Jdk.all().get(0), folder).run("report", "odd.jfr");
        assertThat(report.exitCode()).as(report.toString()).isZero();
        for (String tab : List.of("overview", "cpu", "allocation", "waits", "completeness")) {
            Browser.Opened opened =
                    browser.open(folder.resolve("odd.html"), "tab=" + tab + "&container=/odd");
            assertThat(opened.messages()).isEmpty();
            assertThat(opened.dom()).contains("data-drawn=\"" + tab + "\"");
            assertThat(opened.dom()).doesNotContain("<img ");
            if (tab.equals("overview")) {
                assertThat(opened.dom()).doesNotContain(">Queued</th>");
                for (String name : UnescapedNamesProgram.NAMES) {
                    assertThat(opened.dom())
                            .contains(">"
                                    + name.replace("&", "&amp;")
                                            .replace("<", "&lt;")
                                            .replace(">", "&gt;")
                                    + "<");
                }
            }
        }
    }

    /** The tasks of the program's pool wait for one another. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void queuedTimeAndGcTimeHaveColumns(Jdk jdk) throws IOException {
        Browser browser = Browser.find();
        assumeTrue(browser != null, "there is no Chromium on the PATH");
        ForkedJvm.on(jdk)
                .agentArguments("queued=on")
                .flags("-XX:StartFlightRecording:filename=" + folder.resolve("queued.jfr")
                        + ",settings=default,settings=" + ForkedJvm.profileSettings())
                .runMain(ReportProgram.class, ThreadKind.PLATFORM.name());
        ForkedJvm.Outcome report = new ToolCommand(jdk, folder).run("report", "queued.jfr");
        assertThat(report.exitCode()).as(report.toString()).isZero();
        Browser.Opened opened =
                browser.open(folder.resolve("queued.html"), "tab=overview&container=/tenants");
        assertThat(opened.messages()).isEmpty();
        assertThat(opened.dom()).contains(">Queued</th>", ">GC, estimated</th>");
        // Nearly all of the time in which they are ready.
        assertThat(opened.dom()).containsPattern(">(9\\d|100)\\.\\d%</td>");
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void tilesOfThePartsAddUpToTheProcess(Jdk jdk) throws IOException {
        Browser browser = Browser.find();
        assumeTrue(browser != null, "there is no Chromium on the PATH");
        ForkedJvm.on(jdk)
                .flags("-XX:StartFlightRecording:filename=" + folder.resolve("parts.jfr")
                        + ",settings=default,+corral.Residency#enabled=false")
                .runMain(ReportProgram.class, ThreadKind.PLATFORM.name());
        ForkedJvm.Outcome report = new ToolCommand(jdk, folder).run("report", "parts.jfr");
        assertThat(report.exitCode()).as(report.toString()).isZero();
        Path page = folder.resolve("parts.html");
        double whole = processOfParts(browser.open(page, "tab=overview").dom());
        double range =
                processOfParts(browser.open(page, "tab=overview&from=0&to=1").dom());
        assertThat(range).isPositive().isLessThan(whole);
        // Stays were not recorded, so the tenants have CPU time and no samples.
        assertThat(browser.open(page, "tab=completeness").dom())
                .containsPattern(
                        "/tenants/\\w+\\W.*?</td>(<td [^>]*>[^<]*</td>){2}<td [^>]*>0</td>");
        // The link names a container that does not exist.
        assertThat(browser.open(page, "tab=overview&hierarchy=none&container=/gone")
                        .dom())
                .contains("This recording has no hierarchy \u2068none\u2069. The page shows main.")
                .contains("This recording has no container \u2068/gone\u2069 in the hierarchy"
                        + " \u2068main\u2069. The page shows all containers.");
    }

    /** The seconds in the tile of the process, to which the tiles of its parts must add up. */
    private static double processOfParts(String dom) {
        Map<String, Double> tiles = tiles(dom);
        double parts = tiles.remove("In containers")
                + tiles.remove("Garbage collector")
                + tiles.remove("Compilers")
                + tiles.remove("Other JVM threads")
                + tiles.remove("Unattributed");
        double process = tiles.remove("Process CPU");
        // Each of the parts is rounded to 10 ms.
        assertThat(parts).isCloseTo(process, within(0.03));
        assertThat(tiles).as("tiles of CPU time that are no part").isEmpty();
        return process;
    }

    /** The seconds in the tiles that show CPU time, by the tiles' names. */
    private static Map<String, Double> tiles(String dom) {
        Map<String, Double> tiles = new HashMap<>();
        Matcher tile = TILE.matcher(dom);
        while (tile.find()) {
            boolean isKnown = tile.group(2) != null;
            double seconds = isKnown ? Double.parseDouble(tile.group(2)) : 0;
            tiles.put(tile.group(1), "ms".equals(tile.group(3)) ? seconds / 1000 : seconds);
        }
        return tiles;
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void badInputPrintsOneLine(Jdk jdk) throws IOException {
        assertThat(fails(jdk, "none.jfr"))
                .isEqualTo("corral: there is no file none.jfr; expected a flight recording");
        Files.writeString(folder.resolve("text.jfr"), "no recording");
        assertThat(fails(jdk, "text.jfr"))
                .startsWith("corral: text.jfr can't be read as a flight recording: ");
        Path bare = folder.resolve("bare.jfr");
        ForkedJvm.on(jdk)
                .withoutAgent()
                .flags("-XX:StartFlightRecording:filename=" + bare)
                .run("-version");
        assertThat(fails(jdk, "bare.jfr"))
                .isEqualTo("corral: bare.jfr has no events corral.ContainerTotal; record a JVM that"
                        + " runs with Corral");
    }

    private String fails(Jdk jdk, String file) {
        ForkedJvm.Outcome outcome = new ToolCommand(jdk, folder).run("report", file);
        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.errLines()).hasSize(1);
        return outcome.errLines().get(0);
    }
}
