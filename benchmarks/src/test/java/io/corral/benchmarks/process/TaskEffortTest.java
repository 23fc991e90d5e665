package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.benchmarks.Effort;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskEffortTest {

    @Test
    void inFullPeersAreThere() {
        assertThat(TaskEffort.of(Effort.FULL, Map.of())).isEqualTo(new TaskEffort(11, false, true));
    }

    @Test
    void theEnvironmentLeavesOutAllButTheRoot() {
        Map<String, String> environment =
                Map.of("CORRAL_BENCH_ROOT", "1", "CORRAL_BENCH_TASKS", "100");
        assertThat(TaskEffort.of(Effort.FULL, environment))
                .isEqualTo(new TaskEffort(100, true, false));
    }
}
