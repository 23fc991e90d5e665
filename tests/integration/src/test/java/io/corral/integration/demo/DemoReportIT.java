package io.corral.integration.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.Jdk;
import io.corral.integration.report.Browser;
import io.corral.integration.report.ReportPage;
import java.awt.image.BufferedImage;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that the demo makes at its end. */
@Isolated("may run the demo, which other tests must not disturb")
class DemoReportIT {

    private static final List<String> TENANTS =
            List.of("/tenants/acme", "/tenants/globex", "/tenants/initech");
    private static final String HANDLER = "io.corral.examples.service.ReportWork.unit";
    private static final long MOST_BYTES_A_MINUTE = 5_000_000;

    /** Pixels of what is larger than a mark in a legend. */
    private static final int AREA = 500;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void samplesArePlacedAndTheirSharesMatchTheCpuTime(Jdk jdk) throws IOException {
        ReportPage page = page(jdk);
        System.out.println("DemoReportIT on " + jdk + ": " + page.samples() + " samples, "
                + page.placedShare() + " of them placed; " + page.cpuSamples());
        assertThat(page.placedShare()).isGreaterThanOrEqualTo(0.9);
        Map<String, Double> samples = shares(page.cpuSamples());
        shares(page.cpuMicros())
                .forEach((tenant, share) ->
                        assertThat(samples.get(tenant)).as(tenant).isCloseTo(share, within(0.1)));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void flameGraphOfATenantHasTheHandlerOfReports(Jdk jdk) throws IOException {
        assertThat(page(jdk).samplesWith("/tenants/initech", HANDLER)).isPositive();
    }

    /** The demo's load takes some twenty seconds. */
    @ParameterizedTest
    @MethodSource("jdks")
    void pageOfAMinuteIsAtMostFiveMegabytes(Jdk jdk) throws IOException {
        assertThat(Files.size(file(jdk))).isLessThan(MOST_BYTES_A_MINUTE / 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "cpu", "allocation", "completeness"})
    void browserDrawsEachTabWithoutAnError(String tab) throws IOException {
        Browser.Opened opened = browser().open(file(Jdk.newest()), "tab=" + tab);
        assertThat(opened.messages()).isEmpty();
        assertThat(opened.dom())
                .contains("data-drawn=\"" + tab + "\"")
                .contains("<title>Corral report: demo.jfr</title>");
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"overview", "cpu", "allocation"})
    void graphIsDrawnInTheColoursOfItsLegend(String tab) throws IOException {
        assertThat(colours(tab).values().stream()
                        .filter(pixels -> pixels > AREA)
                        .count())
                .isGreaterThanOrEqualTo(4);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"cpu", "allocation"})
    void flameGraphsLegendListsEachOfItsColours(String tab) throws IOException {
        Path page = file(Jdk.newest());
        String dom = browser().open(page, "tab=" + tab).dom();
        Map<Integer, Integer> drawn = colours(tab);
        String palette = Files.readString(page).replaceFirst("(?s).*const LIGHT = ", "");
        Matcher colour = Pattern.compile("#([0-9a-f]{6})").matcher(palette.split(";", 2)[0]);
        while (colour.find()) {
            int rgb = 0xff000000 | Integer.parseInt(colour.group(1), 16);
            if (drawn.getOrDefault(rgb, 0) > AREA) {
                assertThat(dom).contains("background:" + colour.group());
            }
        }
    }

    /** The pixels of each colour in a picture of a tab. */
    private static Map<Integer, Integer> colours(String tab) throws IOException {
        BufferedImage picture = browser().picture(file(Jdk.newest()), "tab=" + tab);
        Map<Integer, Integer> colours = new HashMap<>();
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                if (isColour(picture.getRGB(x, y))) {
                    colours.merge(picture.getRGB(x, y), 1, Integer::sum);
                }
            }
        }
        return colours;
    }

    @Test
    void addressChoosesARangeOfTimeAndAContainer() throws IOException {
        Browser.Opened opened = browser()
                .open(file(Jdk.newest()), "tab=overview&container=/tenants/initech&from=2&to=5");
        assertThat(opened.messages()).isEmpty();
        assertThat(opened.dom())
                .contains("0:02 to 0:05")
                .containsPattern("class=\"u-select\" style=\"left: [1-9]")
                .contains("data-path=\"/tenants/initech\"")
                .doesNotContain("data-path=\"/tenants/acme\"");
    }

    @Test
    void browserShowsTheHottestMethodsOfATenant() throws IOException {
        Browser.Opened opened =
                browser().open(file(Jdk.newest()), "tab=cpu&container=/tenants/initech");
        assertThat(opened.messages()).isEmpty();
        String hottest = opened.dom().split("Hottest methods, with what they call", 2)[1];
        assertThat(hottest)
                .containsPattern("class=\"code\"><bdi title=\"io\\.corral\\.examples\\.service\\.")
                .doesNotContainPattern(
                        "class=\"code\"><bdi title=\"(java.lang.Thread|java.lang.VirtualThread"
                                + "|jdk.internal.vm.Continuation)");
    }

    @Test
    void packageHasOneColourInBothFlameGraphs() throws IOException {
        Map<String, String> cpu = legendColours("tab=cpu");
        Map<String, String> allocation = legendColours("tab=allocation&container=/tenants/acme");
        assertThat(cpu).hasSizeGreaterThan(3);
        assertThat(allocation).hasSizeGreaterThan(1);
        allocation.forEach((name, colour) -> {
            if (!name.equals("others")) {
                assertThat(colour).as(name).isEqualTo(cpu.getOrDefault(name, colour));
            }
        });
        assertThat(cpu.keySet()).containsAnyElementsOf(allocation.keySet());
    }

    @Test
    void containerKeepsItsColourWhenFewerAreShown() throws IOException {
        Map<String, String> all = legendColours("tab=overview");
        Map<String, String> shown = legendColours("tab=overview&container=/tenants");
        assertThat(shown.values()).doesNotHaveDuplicates();
        assertThat(all.keySet()).containsAnyElementsOf(shown.keySet());
        shown.forEach((path, colour) ->
                assertThat(colour).as(path).isEqualTo(all.getOrDefault(path, colour)));
    }

    /** The colours in the legend, by the names of packages or containers. */
    private static Map<String, String> legendColours(String choice) throws IOException {
        Matcher entry = Pattern.compile(
                        "<i style=\"background:([^\"]+)\"></i><bdi title=\"([^\"]+)\"")
                .matcher(browser().open(file(Jdk.newest()), choice).dom());
        Map<String, String> colours = new HashMap<>();
        while (entry.find()) {
            colours.put(entry.group(2), entry.group(1));
        }
        return colours;
    }

    @Test
    void tableHasNativeThreadsBelowTheTreeAndARowForTheRootItself() throws IOException {
        String dom = browser().open(file(Jdk.newest()), "tab=overview").dom();
        String table = dom.substring(dom.indexOf("<table id=\"table\""));
        assertThat(table).contains(">(itself)<");
        String aside = table.substring(table.indexOf(">JVM's native threads<"));
        for (String path : List.of("/jvm/gc", "/jvm/jit", "/jvm/other")) {
            assertThat(aside).contains("data-path=\"" + path + "\"");
            assertThat(table).containsOnlyOnce("data-path=\"" + path + "\"");
        }
        assertThat(aside).doesNotContain("data-path=\"/jvm\"", "data-path=\"/threads\"");
    }

    /** Neither grey nor nearly so. */
    private static boolean isColour(int rgb) {
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        return Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > 60;
    }

    private static Browser browser() {
        Browser browser = Browser.find();
        assumeTrue(browser != null, "there is no Chromium on the PATH");
        return browser;
    }

    private static Map<String, Double> shares(Map<String, Double> all) {
        double sum = TENANTS.stream().mapToDouble(all::get).sum();
        Map<String, Double> shares = new HashMap<>();
        TENANTS.forEach(tenant -> shares.put(tenant, all.get(tenant) / sum));
        return shares;
    }

    private static ReportPage page(Jdk jdk) throws IOException {
        return ReportPage.read(file(jdk));
    }

    private static Path file(Jdk jdk) {
        DemoRun run = DemoRun.shared(jdk);
        Path file = run.recording().resolveSibling("demo.html");
        assertThat(run.outcome().out()).contains("The report is " + file);
        return file;
    }
}
