package io.corral.integration.limits;

import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.CpuLoad;
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

/**
 * The scenarios of threads, pools and hand-over once more, where each of their containers is fair,
 * and the virtual threads of another one are always runnable.
 */
class InFairContainersIT {

    private static final String RULES = "limit /* fair\n";

    private static final String PACKAGE = "io.corral.integration.";

    /**
     * Those that run with {@code placement=inherit}, but not those with schedulers of their own.
     */
    private static final List<String> INHERITING = List.of(
            "fork.InheritanceScenarios",
            "fork.TerminatedMemberScenarios",
            "fork.RefusedStartScenarios",
            "fork.ThreadStartScenarios",
            "container.AttachScenarios");

    /** They take long beside a busy neighbour, since each step waits for a CPU. */
    private static final List<String> LONG_INHERITING =
            List.of("fork.StartInContainerScenarios", "fork.RacesScenarios", "fork.ChurnScenarios");

    private static final List<String> OTHERS =
            List.of("handover.HelpingScenarios", "handover.WorkerStayScenarios");

    private static final List<String> LONG_OTHERS = List.of(
            "handover.HandOverScenarios",
            "handover.CompletableFutureScenarios",
            "handover.VirtualPoolScenarios",
            "placement.PoolsScenarios");

    private static final String[] FLAGS = {
        CpuLoad.FLAG,
        TestCarriers.FLAG,
        "--enable-preview",
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2"
    };

    @TempDir
    Path folder;

    private Path rules;

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(folder.resolve("fair.conf"), RULES);
    }

    @TestFactory
    Stream<DynamicNode> scenariosBesideABusyNeighbour() {
        if (!Jdk.newest().hasVirtualThreads()) {
            return Stream.empty();
        }
        return Stream.concat(
                beside(INHERITING).inheriting().onNewestJdk(), beside(OTHERS).onNewestJdk());
    }

    @Tag("stress")
    @TestFactory
    Stream<DynamicNode> allScenariosBesideABusyNeighbour() {
        return Stream.of(
                        beside(INHERITING).inheriting(),
                        beside(LONG_INHERITING).inheriting(),
                        beside(OTHERS),
                        beside(LONG_OTHERS))
                .flatMap(Scenarios::withVirtualThreads);
    }

    private Scenarios beside(List<String> names) {
        return Scenarios.of(names.stream().map(this::scenarios).toArray(Class[]::new))
                .after(FairNeighbourProgram.class)
                .flags(FLAGS)
                .flags("-Dcorral.rules=" + rules);
    }

    private Class<?> scenarios(String name) {
        try {
            // Their initializers need the flags of the forked JVM.
            return Class.forName(PACKAGE + name, false, getClass().getClassLoader());
        } catch (ClassNotFoundException renamed) {
            throw new IllegalStateException(renamed);
        }
    }
}
