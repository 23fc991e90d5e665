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
    void groupAndShellTellTheSame() throws Exception {
        assumeTrue(KernelGroup.isPossible(), "no cgroup v1 cpuacct that is writable");
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        double byShell = 0;
        double inGroup = 0;
        for (int i = 0; i < 5; i++) {
            byShell += new WholeRun.ByShell().cpuMillis(WORK);
            inGroup += new WholeRun.InGroup().cpuMillis(WORK);
        }
        assertThat(inGroup / byShell).isBetween(0.7, 1.4);
        assertThat(inGroup).isGreaterThan(50);
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
