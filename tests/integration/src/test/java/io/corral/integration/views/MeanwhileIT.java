package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.TerminalSession;
import io.corral.integration.harness.ToolCommand;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who ran while ready threads of a container waited for a CPU. */
class MeanwhileIT {

    private static final String SECONDS = "10";

    @TempDir
    Path folder;

    static Stream<Jdk> withVirtualThreads() {
        return Jdk.withVirtualThreadsInFullRun();
    }

    static Stream<Jdk> newestWithVirtualThreads() {
        return withVirtualThreads().reduce((older, newer) -> newer).stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withVirtualThreads")
    void partsAreThoseOfTheLedgerForVirtualThreads(Jdk jdk) {
        assertPartsAreThoseOfTheLedger(jvm(jdk, "").run("virtual"));
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("newestWithVirtualThreads")
    void partsAreThoseOfTheLedgerWithQueuedTime(Jdk jdk) {
        assertPartsAreThoseOfTheLedger(jvm(jdk, "queued=on").run("virtual"));
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("newestWithVirtualThreads")
    void partsAreThoseOfTheLedgerIfAllAreFair(Jdk jdk) throws IOException {
        Path rules = Files.writeString(
                folder.resolve("fair.conf"),
                "limit /tenants/* fair\nlimit /tenants/a weight 300\n");
        assertPartsAreThoseOfTheLedger(jvm(jdk, "rules=" + rules).run("fair"));
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("newestWithVirtualThreads")
    void nobodyIsNamedIfNobodyElseRuns(Jdk jdk) {
        for (String mode : List.of("platform", "virtual")) {
            ForkedJvm.Outcome outcome = jvm(jdk, "").run(mode, "rest");
            assertThat(outcome.value("others")).as(mode).doesNotContain("/tenants");
        }
    }

    private static void assertPartsAreThoseOfTheLedger(ForkedJvm.Outcome outcome) {
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.value("others")).as(outcome.out()).startsWith("/tenants/a,/tenants/b");
        double a = outcome.number("perMille./tenants/a");
        double b = outcome.number("perMille./tenants/b");
        double ledgerOfA = outcome.number("ledgerOfA");
        double ledgerOfB = outcome.number("ledgerOfB");
        Percentage tenPercent = Percentage.withPercentage(10);
        assertThat(a / (a + b))
                .as(outcome.out())
                .isCloseTo(ledgerOfA / (ledgerOfA + ledgerOfB), tenPercent);
        assertThat(b / (a + b))
                .as(outcome.out())
                .isCloseTo(ledgerOfB / (ledgerOfA + ledgerOfB), tenPercent);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void eachViewNamesTheNeighbour(Jdk jdk) throws IOException {
        try (RunningJvm jvm =
                recording(jdk).startMain(MeanwhileProgram.class, "platform", "burn", "0")) {
            jvm.await("ready");
            String pid = Long.toString(jvm.pid());
            ToolCommand tools = new ToolCommand(jdk, folder);
            try (TerminalSession top = TerminalSession.start(110, 30, tools.words("top", pid))) {
                top.until(screen -> screen.stream().anyMatch(line -> line.contains("victim")));
                top.press("w");
                top.until(screen -> screen.stream()
                                .anyMatch(line ->
                                        line.matches("CONTAINER +CPU % +WAITED % +RAN MEANWHILE *"))
                        && screen.stream().anyMatch(MeanwhileIT::namesBoth));
                top.press("w");
                top.until(screen -> screen.stream().anyMatch(line -> line.contains("ALLOC/s"))
                        && screen.stream().noneMatch(line -> line.contains("RAN MEANWHILE")));
                top.press("q");
                top.awaitEnd();
            }
            assertThat(tools.run("top", "-b", "-n", "3", "-w", pid).out().lines())
                    .anyMatch(MeanwhileIT::namesBoth);
            assertThat(tools.run("top", "-n", "1", "--json", pid).out())
                    .contains("\"ranMeanwhile\":[{\"path\":\"/tenants/a\",\"percent\":");
            assertThat(tools.run("ls", "--json", pid).out())
                    .contains("\"ranMeanwhile\":[{\"path\":\"/tenants/a\",\"percent\":");
            jvm.closeInput();
            jvm.end();
        }
        assertRecordingNamesTheNeighbour(jdk);
    }

    /** Without a command beside the neighbour, which would get a small part of the CPUs. */
    @ParameterizedTest
    @MethodSource("newest")
    void recordingNamesTheNeighbourAndHasThePartsOfTheLedger(Jdk jdk) throws IOException {
        assertPartsAreThoseOfTheLedger(
                recording(jdk).runMain(MeanwhileProgram.class, "platform", "burn", SECONDS));
        assertRecordingNamesTheNeighbour(jdk);
    }

    private ForkedJvm recording(Jdk jdk) {
        return ForkedJvm.on(jdk)
                .flags(
                        CpuLoad.FLAG,
                        "-XX:StartFlightRecording:settings=default,filename="
                                + folder.resolve("app.jfr"));
    }

    private void assertRecordingNamesTheNeighbour(Jdk jdk) throws IOException {
        List<RecordedEvent> events = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(folder.resolve("app.jfr"))) {
            if (event.getEventType().getName().equals("corral.RanMeanwhile")
                    && event.getString("container").equals("/tenants/victim")) {
                events.add(event);
            }
        }
        assertThat(events).hasSizeGreaterThan(2);
        assertThat(events)
                .filteredOn(event -> "/tenants/a".equals(event.getString("first")))
                .hasSizeGreaterThan(events.size() / 2)
                .allMatch(event -> event.getLong("firstTime") > 0
                        && event.getLong("firstTime") < event.getLong("waitedTime"));
        ToolCommand tools = new ToolCommand(jdk, folder);
        assertThat(tools.run("top", "--json", "app.jfr").out())
                .contains("\"ranMeanwhile\":[{\"path\":\"/tenants/a\",\"percent\":");
        ForkedJvm.Outcome report = tools.run("report", "app.jfr");
        assertThat(report.exitCode()).as(report.toString()).isZero();
        assertThat(Files.readString(folder.resolve("app.html")))
                .containsPattern("\"path\":\"/tenants/victim\",\"waitedNanos\":[0-9]+,\"others\":"
                        + "\\[\\{[^}]*\"/tenants/a\"");
    }

    private static boolean namesBoth(String line) {
        return line.matches(" +victim .*[0-9] +/tenants/a [0-9]+%, /tenants/b [0-9]+%.*");
    }

    /** A forked JVM with the program. */
    private record Program(ForkedJvm jvm) {

        ForkedJvm.Outcome run(String mode) {
            return run(mode, "burn");
        }

        ForkedJvm.Outcome run(String mode, String neighbours) {
            return jvm.runMain(MeanwhileProgram.class, mode, neighbours, SECONDS);
        }
    }

    private static Program jvm(Jdk jdk, String options) {
        ForkedJvm jvm = ForkedJvm.on(jdk).flags(CpuLoad.FLAG);
        return new Program(options.isEmpty() ? jvm : jvm.agentArguments(options));
    }
}
