package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeRunTest {

    /** Some 100 ms or more. */
    private static final List<String> WORK =
            List.of("sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done");

    @Test
    void userAndSystemSecondsAreAdded() {
        assertThat(WholeRun.ByShell.millis("0.123 0.045\n")).isCloseTo(168, within(1e-9));
        assertThat(WholeRun.ByShell.millis("1,5 0,25")).isCloseTo(1_750, within(1e-9));
    }

    @Test
    void groupAndShellTellTheSameOfOneProcess() throws Exception {
        assumeTrue(KernelGroup.isPossible(), "no cgroup v1 cpuacct that is writable");
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        try (KernelGroup group = new KernelGroup()) {
            double byShell = new WholeRun.ByShell().cpuMillis(group.around(WORK));
            double inGroup = group.cpuNanos() / 1e6;
            assertThat(inGroup).isGreaterThan(50);
            // The shell has seen it before it entered the group, too, and rounds down twice.
            assertThat(byShell - inGroup).isBetween(-3.0, 10.0);
        }
    }

    @Test
    void aFailedProcessIsQuoted() {
        assertThatThrownBy(() -> WholeRun.finest()
                        .cpuMillis(List.of("sh", "-c", "echo out of rope >&2; exit 3")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exited with 3")
                .hasMessageContaining("out of rope");
    }
}
