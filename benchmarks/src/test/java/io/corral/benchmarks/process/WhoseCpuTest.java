package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WhoseCpuTest {

    /** The root's totals hold the JVM's places, but not its own threads. */
    private final WhoseCpu cpu = new WhoseCpu(
            Map.of(
                    "/", 100L,
                    "/pools", 60L,
                    "/pools/task", 45L,
                    "/pools/other", 15L,
                    "/jvm", 5L,
                    "/jvm/helpers", 4L,
                    "/jvm/jit", 70L),
            30,
            70,
            2,
            8,
            180);

    @Test
    void whatAContainerUsedItselfIsItsTotalLessThoseBelow() {
        assertThat(cpu.nanos("/")).isEqualTo(35);
        assertThat(cpu.rootsOwnButMainNanos()).isEqualTo(5);
        assertThat(cpu.nanos("/pools")).isZero();
        assertThat(cpu.nanos("/pools/other")).isEqualTo(15);
        assertThat(cpu.nanos("/jvm")).isEqualTo(1);
        assertThat(cpu.nanos("/nowhere")).isZero();
    }

    @Test
    void linesOfTheTableAddUpToTheProcess() {
        assertThat(cpu.table()).contains("/pools/task").doesNotContain("/pools ");
        long sum = cpu.mainNanos() + cpu.rootsOwnButMainNanos();
        for (String path : cpu.totals().keySet()) {
            sum += path.equals("/") ? 0 : cpu.nanos(path);
        }
        assertThat(sum + cpu.teardownNanos() + cpu.unattributedNanos())
                .isEqualTo(cpu.processNanos());
    }
}
