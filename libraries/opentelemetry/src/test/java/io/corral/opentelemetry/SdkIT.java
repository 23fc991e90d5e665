package io.corral.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenarios;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The autoconfigured SDK with the packaged agent. */
class SdkIT {

    private static final String MEMORY = "-Dotel.traces.exporter=memory";
    private static final String[] FLAGS = {
        MEMORY, "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none"
    };

    @TestFactory
    Stream<DynamicNode> oldestSdk() {
        return Scenarios.of(SdkScenarios.class).flags(FLAGS).onNewestJdk();
    }

    @TestFactory
    Stream<DynamicNode> newestSdk() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target", "newest"))) {
            return Scenarios.of(SdkScenarios.class)
                    .flags(FLAGS)
                    .jarsFirst(jars.toList())
                    .onEachJdkInFullRun();
        }
    }

    @Test
    void withoutCorralsAgentSpansHaveNothingMoreAndOneLineSaysWhy() {
        assertSaysThatAgentIsMissing(ForkedJvm.classPath());
    }

    /** The agent brings the API. */
    @Test
    void withoutCorralsApiSpansHaveNothingMoreAndOneLineSaysWhy() {
        assertSaysThatAgentIsMissing(Stream.of(ForkedJvm.classPath().split(File.pathSeparator))
                .filter(each -> !each.contains("runtime"))
                .collect(Collectors.joining(File.pathSeparator)));
    }

    private static void assertSaysThatAgentIsMissing(String classPath) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(Jdk.newest())
                .withoutAgent()
                .flags(FLAGS)
                .run("-cp", classPath, SdkWithoutCorralProgram.class.getName());
        assertThat(outcome.value("attributes")).as(outcome.err()).isEqualTo("{}");
        List<String> lines = outcome.errLines().stream()
                .filter(each -> each.contains("corral:"))
                .toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains("start the JVM with -javaagent:corral-agent.jar");
    }
}
