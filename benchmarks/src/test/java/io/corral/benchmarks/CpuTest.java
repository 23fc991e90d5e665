package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CpuTest {

    @Test
    void listsOfTheKernelAreRead() {
        assertThat(numbers("Cpus_allowed_list:\t0-3,8")).containsExactly(0, 1, 2, 3, 8);
        assertThat(numbers("Cpus_allowed_list:\t9-11")).containsExactly(9, 10, 11);
        assertThat(numbers("Cpus_allowed_list:\t5")).containsExactly(5);
    }

    private static Stream<Integer> numbers(String line) {
        return Cpu.inList(line).map(Cpu::number);
    }

    /** A JVM, which has threads. */
    @Test
    void processIsStartedOnACpuAndPutOnAnother() throws Exception {
        List<Cpu> allowed = Cpu.allowed();
        assumeTrue(allowed.size() > 1, "processes can't be put on one of several CPUs here");
        Cpu first = allowed.get(0);
        Cpu last = allowed.get(allowed.size() - 1);
        List<String> command = new ArrayList<>(first.prefix());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Echo.class.getName()));
        Process process = new ProcessBuilder(command).start();
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            // It runs what it is to run.
            assertThat(process.getInputStream().read()).isEqualTo('\n');
            assertThat(Cpu.whereIs(process.pid())).containsExactly(first);
            last.take(process.pid());
            assertThat(Cpu.whereIs(process.pid())).containsExactly(last);
        } finally {
            process.destroy();
        }
    }

    /** Says what it is told. */
    static final class Echo {

        private Echo() {}

        public static void main(String[] arguments) throws IOException {
            System.in.transferTo(System.out);
        }
    }

    @Test
    void theLastTwoAreTakenOrItIsSaidWhoAskedForThem() throws Exception {
        List<Cpu> three = List.of(new Cpu(0), new Cpu(4), new Cpu(5));
        assertThat(Cpu.lastTwo("VARIABLE", three)).containsExactly(new Cpu(5), new Cpu(4));
        assertThatThrownBy(() -> Cpu.lastTwo("VARIABLE", List.of(new Cpu(0))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("VARIABLE is set, which takes two CPUs, Linux and its ");
    }

    @Test
    void whatCannotBeDoneIsTold() {
        assumeFalse(Cpu.allowed().isEmpty(), "processes can't be put on a CPU here");
        assertThatThrownBy(() -> new Cpu(0).take(999_999_999))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("process 999999999 can't be put on CPU 0: ");
        long here = ProcessHandle.current().pid();
        assertThatThrownBy(() -> new Cpu(999_999).take(here))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("process " + here + " can't be put on CPU 999999: ");
    }
}
