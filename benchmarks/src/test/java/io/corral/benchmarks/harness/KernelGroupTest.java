package io.corral.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelGroupTest {

    @Test
    void cpuTimeOfAnEndedProcessIsCounted() throws Exception {
        assumeTrue(KernelGroup.isAvailable(), "this process may not make groups");
        try (KernelGroup group = new KernelGroup()) {
            List<String> inside = group.around(List.of("sh", "-c", "echo \"$1\"", "sh", "a b"));
            assertThat(ChildJvm.run(inside)).isEqualTo("a b\n");
            assertThat(group.cpuNanos()).isPositive();
        }
    }
}
