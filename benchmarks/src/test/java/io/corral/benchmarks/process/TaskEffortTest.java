package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.benchmarks.Effort;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskEffortTest {

    @Test
    void inFullPeersAreThere() {
        assertThat(TaskEffort.of(Effort.FULL, Map.of()))
                .isEqualTo(new TaskEffort(11, false, true, EnumSet.allOf(TaskPool.class)));
    }

    @Test
    void theEnvironmentLeavesOutAllButTheRootAndAPool() {
        Map<String, String> environment = Map.of(
                "CORRAL_BENCH_ROOT",
                "1",
                "CORRAL_BENCH_TASKS",
                "100",
                "CORRAL_BENCH_POOLS",
                "common");
        assertThat(TaskEffort.of(Effort.FULL, environment))
                .isEqualTo(new TaskEffort(100, true, false, EnumSet.of(TaskPool.COMMON)));
    }

    @Test
    void poolThatNobodyKnowsIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() ->
                        TaskEffort.of(Effort.FULL, Map.of("CORRAL_BENCH_POOLS", "common,three")))
                .hasMessage(
                        "CORRAL_BENCH_POOLS is \"common,three\"; expected some of 1,common,2, with commas");
    }

    @Test
    void poolThatIsNotMeasuredFromTheRootIsRefusedThere() {
        Map<String, String> environment =
                Map.of("CORRAL_BENCH_ROOT", "1", "CORRAL_BENCH_POOLS", "2");
        assertThatThrownBy(() -> TaskEffort.of(Effort.FULL, environment))
                .hasMessage("CORRAL_BENCH_POOLS is \"2\"; expected some of 1,common, with commas");
    }
}
