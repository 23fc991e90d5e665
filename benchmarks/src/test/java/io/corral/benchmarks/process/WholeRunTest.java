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
            double byShell = new WholeRun.ByShell().figures(group.around(WORK)).cpuMillis();
            double inGroup = group.cpuNanos() / 1e6;
            assertThat(inGroup).isGreaterThan(50);
            // The shell has seen it before it entered the group, too, and rounds down twice.
            assertThat(byShell - inGroup).isBetween(-3.0, 10.0);
        }
    }

    @Test
    void aFailedProcessIsQuoted() {
        assertThatThrownBy(() -> WholeRun.finest()
                        .figures(List.of("sh", "-c", "echo out of rope >&2; exit 3")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exited with 3")
                .hasMessageContaining("out of rope");
    }

    @Test
    void elapsedTimeIsThatOfTheProcess() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        for (WholeRun run : List.of(WholeRun.finest(), new WholeRun.ByShell())) {
            long began = System.nanoTime();
            WholeRun.Figures figures = run.figures(WORK);
            double passed = (System.nanoTime() - began) / 1e6;
            assertThat(figures.elapsedMillis()).isBetween(0.9 * figures.cpuMillis(), passed);
            assertThat(figures.peakMegabytes()).isEmpty();
        }
    }

    @Test
    void memoryIsThatOfTheProcess() throws Exception {
        assumeTrue(KernelGroup.isPossible(), "no cgroup v1 cpuacct that is writable");
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        WholeRun run = new WholeRun.InGroup();
        double little = run.figuresWithMemory(keeping(1)).peakMegabytes().orElseThrow();
        double much = run.figuresWithMemory(keeping(30_000_000)).peakMegabytes().orElseThrow();
        // A shell copies what it reads once or twice.
        assertThat(much - little).isBetween(29.0, 130.0);
    }

    @Test
    void kernelsKilobytesAreOf1024Bytes() {
        assertThat(PeakMemory.megabytes(List.of("VmPeak:\t  9999 kB", "VmHWM:\t   62500 kB")))
                .hasValueCloseTo(64.0, within(1e-9));
        assertThat(PeakMemory.megabytes(List.of("Name:\tjava", "State:\tZ (zombie)")))
                .isEmpty();
    }

    /** A shell that works and has that many bytes meanwhile. */
    private static List<String> keeping(int bytes) {
        String text = "t=$(head -c " + bytes + " /dev/zero | tr '\\0' x); ";
        return List.of("bash", "-c", text + WORK.get(2));
    }
}
