package io.corral.integration.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A line for all requests does not take a request out of the container that a filter enters. */
class RequestScopesIT {

    private static final String RULES = """
            enter http -> /names/{header.X-Tenant}
            enter http -> /none
            """;

    private static final String WITHOUT_HEADER = "enter http -> /none\n";

    @TempDir
    Path folder;

    static Stream<Arguments> jdks() {
        return Jdk.eachInFullRun().stream()
                .flatMap(jdk -> FullRun.rows(
                                1,
                                jdk.hasVirtualThreads()
                                        ? List.of("virtual", "platform")
                                        : List.of("platform"))
                        .map(threads -> Arguments.of(jdk, threads)));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    @Execution(ExecutionMode.CONCURRENT)
    void tenantKeepsItsRequestsThroughForwardErrorAndDispatch(Jdk jdk, String threads)
            throws IOException {
        ForkedJvm.Outcome outcome = run(jdk, threads, WITHOUT_HEADER);
        assertThat(outcome.value("wrong")).as(outcome.err()).isEqualTo("[]");
        assertThat(outcome.err()).doesNotContain("corral:");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    @Execution(ExecutionMode.CONCURRENT)
    void headerOfAMegabyteIsLeftToTheCatchAll(Jdk jdk, String threads) throws IOException {
        ForkedJvm.Outcome outcome = run(jdk, threads, RULES);
        assertThat(outcome.value("wrong")).as(outcome.err()).isEqualTo("[]");
        assertThat(outcome.value("megabyte")).isEqualTo("/none");
        assertThat(outcome.err().lines().filter(line -> line.startsWith("corral:")))
                .singleElement()
                .asString()
                .contains("gives a name of 1048576 characters; at most 255 are allowed");
    }

    private ForkedJvm.Outcome run(Jdk jdk, String threads, String rules) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.conf"), rules);
        return ForkedJvm.on(jdk)
                .agentArguments("rules=" + file)
                .flags(CpuLoad.FLAG)
                .runMain(DispatchingTomcat.class, threads);
    }
}
