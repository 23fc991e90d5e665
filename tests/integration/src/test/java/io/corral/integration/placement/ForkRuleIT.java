package io.corral.integration.placement;

import io.corral.integration.harness.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The fork event names the rule that placed the thread. */
class ForkRuleIT {

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicNode> scenarios() throws IOException {
        Path rules = folder.resolve("fork.rules");
        Files.writeString(rules, "thread \"batch-*\" -> /batch\n");
        return Scenarios.of(ForkRuleScenarios.class)
                .flags("-Dcorral.rules=" + rules)
                .onEachJdkInFullRun();
    }
}
