package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.TestCarriers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code fair} for virtual threads. */
class FairThreadsIT {

    private static final String PARALLELISM = "-Djdk.virtualThreadScheduler.parallelism=";
    private static final String MAX_POOL_SIZE = "-Djdk.virtualThreadScheduler.maxPoolSize=";

    @TempDir
    Path folder;

    private Path rules;

    static Stream<Jdk> withVirtualThreads() {
        return Jdk.withVirtualThreadsInFullRun();
    }

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(folder.resolve("fair.conf"), "limit /tenants/* fair\n");
    }

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(FairThreadsScenarios.class)
                .flags("-Dcorral.rules=" + rules)
                .withVirtualThreadsInFullRun();
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withVirtualThreads")
    void parallelismThatTheApplicationHasSetIsKept(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(jdk, "", PARALLELISM + 1);
        assertThat(outcome.errLines())
                .containsExactly("corral: fair does not divide the CPUs among virtual threads: the"
                        + " application has set jdk.virtualThreadScheduler.parallelism; the option"
                        + " carriers=N of Corral allows N carriers nevertheless");
        assertThat(outcome.value("parallelism")).isEqualTo("1");
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withVirtualThreads")
    void optionCarriersAllowsThemNevertheless(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(jdk, ",carriers=8", PARALLELISM + 2);
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.value("parallelism")).isEqualTo("8");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withVirtualThreads")
    void poolOfOneCarrierIsLeftAlone(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(jdk, ",carriers=8", MAX_POOL_SIZE + 1);
        assertThat(outcome.errLines())
                .containsExactly("corral: fair does not divide the CPUs among virtual threads: that"
                        + " takes 3 carriers, and jdk.virtualThreadScheduler.maxPoolSize allows 1");
        assertThat(outcome.value("parallelism")).isEqualTo("1");
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withVirtualThreads")
    void threadsOfAnotherSchedulerRunAndOneLineSaysThatTheyAreNotDivided(Jdk jdk) {
        String line = "corral: fair does not hold for virtual threads whose scheduler is not the"
                + " JDK's";
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .flags(TestCarriers.FLAG)
                .startMain(FairFaultsProgram.class)) {
            jvm.writeLine("run elsewhere");
            assertThat(jvm.rest("run elsewhere: ")).isEqualTo("all ended");
            jvm.errUntil(line);
            for (String again : List.of("run elsewhere", "run")) {
                jvm.writeLine(again);
                assertThat(jvm.rest(again + ": ")).isEqualTo("all ended");
            }
            jvm.closeInput();
            assertThat(jvm.end().errLines()).containsExactly(line);
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withVirtualThreads")
    void exitDoesNotWaitForTenThousandThreadsThatWait(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(jdk, "");
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(3);
    }

    private ForkedJvm.Outcome run(Jdk jdk, String options, String... flags) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules + options)
                .flags("--add-opens=java.base/java.lang=ALL-UNNAMED")
                .flags(flags)
                .runMain(FairThreadsProgram.class);
        assertThat(outcome.value("threads")).isEqualTo("all ended");
        return outcome;
    }
}
