package io.corral.integration.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.harness.ToolCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's own events, by container: in the report, and where the JDK prints them. */
class WaitsIT {

    @TempDir
    Path folder;

    static Stream<Arguments> jdksAndKinds() {
        return FullRun.jdksAndKinds();
    }

    static Stream<Arguments> jdkWithContext() {
        return Jdk.newest().feature() < 25
                ? Stream.of()
                : Stream.of(ThreadKind.values()).map(kind -> Arguments.of(Jdk.newest(), kind));
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("jdksAndKinds")
    void waitsAreThoseThatThreadsHaveMeasured(Jdk jdk, ThreadKind kind) throws IOException {
        ForkedJvm.Outcome program =
                record(jdk, kind, ",settings=default,settings=" + ForkedJvm.profileSettings());
        ReportPage page = report(jdk);

        long locked = page.waits("MONITOR")
                .filter(wait -> wait.subject().endsWith("WaitsProgram$Ledger"))
                .filter(wait -> wait.container().equals("/tenants/waiter"))
                .filter(wait -> wait.holder().equals("/tenants/holder"))
                .mapToLong(ReportPage.Wait::micros)
                .sum();
        assertThat(locked).isCloseTo(program.number("lockedNanos") / 1_000, withinPercentage(5));
        List<ReportPage.Wait> reads = page.waits("SOCKET_READ")
                .filter(wait -> wait.container().equals("/tenants/reader"))
                .toList();
        assertThat(reads.stream().mapToLong(ReportPage.Wait::micros).sum())
                .isCloseTo(program.number("readNanos") / 1_000, withinPercentage(5));
        assertThat(reads.stream().mapToLong(ReportPage.Wait::bytes).sum())
                .isCloseTo(program.number("bytes"), withinPercentage(5));
        assertThat(page.waits("MONITOR").map(ReportPage.Wait::container))
                .doesNotContain("/tenants/holder", "/tenants/reader");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdkWithContext")
    void jfrPrintsTheContainerOfTheJdksEvents(Jdk jdk, ThreadKind kind) {
        record(jdk, kind, "");

        assertThat(contexts(jdk, "jdk.JavaMonitorEnter")).contains("/tenants/waiter");
        assertThat(contexts(jdk, "jdk.SocketRead")).contains("/tenants/reader");
        assertThat(contexts(jdk, "jdk.ObjectAllocationSample")).contains("/tenants/allocating");
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void browserShowsWaitsWithTheHoldersOfTheLock(Jdk jdk) throws IOException {
        Browser browser = Browser.find();
        assumeTrue(browser != null, "there is no Chromium on the PATH");
        record(
                jdk,
                ThreadKind.PLATFORM,
                ",settings=default,settings=" + ForkedJvm.profileSettings());
        Path page = report(jdk).file();

        Browser.Opened opened =
                browser.open(page, "tab=waits&wait=MONITOR&container=/tenants/waiter");
        assertThat(opened.messages()).isEmpty();
        assertThat(opened.dom())
                .contains("data-drawn=\"waits\"", "WaitsProgram$Ledger")
                .containsPattern("/tenants/holder</bdi> 100\\.0%");
        assertThat(browser.open(page, "tab=waits&container=/jvm").messages()).isEmpty();
    }

    private ForkedJvm.Outcome record(Jdk jdk, ThreadKind kind, String settings) {
        ForkedJvm.Outcome program = ForkedJvm.on(jdk)
                .flags("-XX:StartFlightRecording:filename=" + folder.resolve("app.jfr") + settings)
                .runMain(WaitsProgram.class, kind.name());
        assertThat(program.exitCode()).as(program.toString()).isZero();
        return program;
    }

    private ReportPage report(Jdk jdk) throws IOException {
        ForkedJvm.Outcome report = new ToolCommand(jdk, folder).run("report", "app.jfr");
        assertThat(report.exitCode()).as(report.toString()).isZero();
        return ReportPage.read(folder.resolve("app.html"));
    }

    /** The containers that {@code jfr print} shows as context of these events. */
    private List<String> contexts(Jdk jdk, String event) {
        ForkedJvm.Outcome printed = ForkedJvm.on(jdk)
                .runCommand(List.of(
                        jdk.command("jfr"),
                        "print",
                        "--events",
                        event,
                        folder.resolve("app.jfr").toString()));
        return printed.out()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Context: Residency.container = "))
                .map(line -> line.substring(line.indexOf('"') + 1, line.length() - 1))
                .distinct()
                .toList();
    }
}
