package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelGroupTest {

    /** Holds a group with a process in it, says where it is, and waits. */
    static final class Holder {

        public static void main(String[] arguments) throws Exception {
            try (KernelGroup group = new KernelGroup();
                    Child busy = new Child(group.around(List.of("sleep", "1000")))) {
                Path processes = group.usage().resolveSibling("cgroup.procs");
                while (Files.readString(processes).isEmpty()) {
                    Thread.onSpinWait();
                }
                System.out.println("group " + group.usage().getParent());
                busy.awaitEnd(1000);
            }
        }
    }

    @BeforeEach
    void isPossible() {
        assumeTrue(KernelGroup.isPossible(), "no cgroup v1 cpuacct that is writable");
    }

    @Test
    void isGoneWhenItIsClosed() throws IOException {
        Path path;
        try (KernelGroup group = new KernelGroup()) {
            path = group.usage().getParent();
            assertThat(path).isDirectory();
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void isGoneWithItsProcessWhereItsJvmIsStopped() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path path;
        try (var said = holder.inputReader()) {
            path = Path.of(said.readLine().substring("group ".length()));
            assertThat(path).isDirectory();
        } finally {
            holder.destroy();
            holder.waitFor();
        }
        assertThat(path).doesNotExist();
    }
}
